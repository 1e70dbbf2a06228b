using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary>The options that <c>rank</c> and <c>rank compare</c> share.</summary>
internal sealed class RankOptions
{
    private readonly Argument<string> _file = new("FILE") { Description = "Votes or scores as CSV, JSON lines, JSON or Parquet, also inside gzip; - reads standard input" };
    private readonly Option<string> _ties = Among("--ties", "How ties enter Bradley–Terry", "half", "rao-kupper", "davidson");
    private readonly Option<string> _intervals = Among("--intervals", "Where intervals come from. Default: what suits the method", "usual", "sandwich", "bootstrap", "none");
    private readonly Option<string> _cluster = new("--cluster") { Description = "What makes votes hang together: voter, prompt, voter,prompt or none. Default: those of which 20 or more are known", DefaultValueFactory = _ => "auto" };
    private readonly Option<double> _confidence = new("--confidence") { Description = "Level of the intervals", DefaultValueFactory = _ => 0.95 };
    private readonly Option<int?> _rounds = new("--rounds") { Description = "Rounds of a bootstrap. Default: 200 to 2,000, by method" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of whatever is drawn" };
    private readonly Option<double> _prior = new("--prior") { Description = "Imagined ties between every two entries; above 0 ranks what has no finite estimate" };
    private readonly Option<string> _format = Among("--format", "How the result is written", "table", "json", "csv");
    private readonly Option<string> _layout = Among("--layout", "How the input stands in the table. Default: found out by the headings", "auto", "pairs", "rankings", "choices", "contests", "scores", "entries-in-rows", "entries-in-columns");
    private readonly Option<string[]> _columns = new("--columns") { Description = "Which column is what, as in a=left,b=right,winner=outcome; sample=question+turn joins two" };
    private readonly Option<string> _ignore = new("--ignore") { Description = "Columns of a wide table that hold no scores, with commas between" };
    private readonly Option<string> _kind = Among("--score-kind", "What scores are. Default: binary when all are 0 or 1", "auto", "binary", "ordinal", "numeric");
    private readonly Option<bool> _lower = new("--lower-is-better") { Description = "Small scores are good, as with errors and seconds" };
    private readonly Option<double> _margin = new("--tie-margin") { Description = "Scores that differ by this much or less tie" };
    private readonly Option<bool> _skip = new("--skip-bad-rows") { Description = "Leave out rows that cannot be read, and say how many" };
    private readonly Option<bool> _progress = new("--progress") { Description = "Say on standard error how far it is, also where no person watches" };

    public void AddTo(Command command)
    {
        command.Add(_file);
        Option[] options = [_ties, _intervals, _cluster, _confidence, _rounds, _seed, _prior, _format, _layout, _columns, _ignore, _kind, _lower, _margin, _skip, _progress];
        Array.ForEach(options, command.Add);
    }

    public string Format(ParseResult parsed) => parsed.GetRequiredValue(_format);

    public bool Progress(ParseResult parsed) => parsed.GetValue(_progress);

    public InputSettings Input(ParseResult parsed)
    {
        string layout = parsed.GetRequiredValue(_layout), kind = parsed.GetRequiredValue(_kind);
        double margin = parsed.GetValue(_margin);
        if (!double.IsFinite(margin) || margin < 0)
        {
            throw new RefusedException("--tie-margin is a finite number of 0 or more.");
        }

        return new InputSettings(
            parsed.GetRequiredValue(_file),
            string.Equals(layout, "auto", StringComparison.Ordinal) ? null : Enum.Parse<InputLayout>(layout.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            ColumnMap.Parse(parsed.GetValue(_columns) ?? []),
            (parsed.GetValue(_ignore) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            new ScoreSettings(
                string.Equals(kind, "auto", StringComparison.Ordinal) ? null : Enum.Parse<ScoreKind>(kind, ignoreCase: true),
                parsed.GetValue(_lower) ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter,
                margin),
            parsed.GetValue(_skip));
    }

    public RankSettings Settings(ParseResult parsed)
    {
        double confidence = parsed.GetValue(_confidence), prior = parsed.GetValue(_prior);
        int? rounds = parsed.GetValue(_rounds);
        if (confidence is not (> 0 and < 1))
        {
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"--confidence lies between 0 and 1, such as 0.95; it is {confidence}."));
        }

        if (!double.IsFinite(prior) || prior < 0)
        {
            throw new RefusedException("--prior is a finite number of 0 or more, such as 1.");
        }

        if (rounds < 1)
        {
            throw new RefusedException("--rounds is 1 or more, such as 2000.");
        }

        (bool? voter, bool? prompt) = Cluster(parsed.GetRequiredValue(_cluster));
        return new RankSettings
        {
            Ties = Enum.Parse<TieModel>(parsed.GetRequiredValue(_ties).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            Intervals = Enum.Parse<IntervalChoice>(parsed.GetRequiredValue(_intervals), ignoreCase: true),
            ClusterByVoter = voter,
            ClusterByPrompt = prompt,
            Confidence = confidence,
            Rounds = rounds,
            Seed = parsed.GetValue(_seed),
            Prior = prior,
        };
    }

    private static (bool? Voter, bool? Prompt) Cluster(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        return words switch
        {
            ["auto"] => (null, null),
            ["none"] => (false, false),
            _ when Array.TrueForAll(words, w => w is "voter" or "prompt") => (words.Contains("voter", StringComparer.Ordinal), words.Contains("prompt", StringComparer.Ordinal)),
            _ => throw new RefusedException($"--cluster is voter, prompt, voter,prompt or none, not '{text}'."),
        };
    }

    private static Option<string> Among(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
