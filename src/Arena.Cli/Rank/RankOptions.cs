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
    private const string NoTime = "none";

    private readonly Argument<string[]> _files = new("FILE") { Description = "Votes, scores or payoffs as CSV, JSON lines, JSON or Parquet, also inside gzip; - reads standard input. Several files are several sources", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _ties = Among("--ties", "How ties enter Bradley–Terry (rao-kupper, davidson) or Plackett–Luce (davidson-luce)", "half", "rao-kupper", "davidson", "davidson-luce");
    private readonly Option<string> _intervals = Among("--intervals", "Where intervals come from. Default: what suits the method", "usual", "sandwich", "bootstrap", "none");
    private readonly Option<string> _cluster = new("--cluster") { Description = "What makes votes hang together: voter, prompt, voter,prompt or none. Default: those of which 20 or more are known", DefaultValueFactory = _ => "auto" };
    private readonly Option<double> _confidence = new("--confidence") { Description = "Level of the intervals", DefaultValueFactory = _ => 0.95 };
    private readonly Option<int?> _rounds = new("--rounds") { Description = "Rounds of a bootstrap. Default: 200 to 2,000, by method" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of whatever is drawn" };
    private readonly Option<double> _prior = new("--prior") { Description = "Imagined ties between every two entries; above 0 ranks what has no finite estimate" };
    private readonly Option<string[]> _set = new("--set") { Description = "An option of the method's own, as in --set K=32; 'arena rank methods NAME' lists them" };
    private readonly Option<string> _format = Among("--format", "How the result is written", "table", "json", "csv");
    private readonly Option<string> _output = new("--output", "-o") { Description = "File for the result, in place of standard output; written whole or not at all" };
    private readonly Option<string> _layout = Among("--layout", "How the input stands in the table: pairs, rankings, choices, contests, scores, entries-in-rows, entries-in-columns or payoffs. Default: found out by the headings", ["auto", .. Enum.GetValues<InputLayout>().Select(InputReader.Written)]);
    private readonly Option<string[]> _columns = new("--columns") { Description = "Which column is what, as in a=left,b=right,winner=outcome; sample=question+turn joins two" };
    private readonly Option<string> _time = new("--time") { Description = "Column that says when a vote was cast, for methods that read votes in their order; none takes the order of the file. Default: tstamp, timestamp, time, date …" };
    private readonly Option<string> _covariates = new("--covariates") { Description = "Columns that may have swayed votes on two, for contextual-bt, as in length_difference,length=tokens_a/tokens_b,position" };
    private readonly Option<string> _metrics = new("--metrics") { Description = "Columns of scores, one a metric, with commas between" };
    private readonly Option<string> _weights = new("--source-weights") { Description = "How much each source counts, as in votes.csv=1,judge.csv=0.5" };
    private readonly Option<string> _ignore = new("--ignore") { Description = "Columns of a wide table that hold no scores, or strategies of a game to leave out, with commas between" };
    private readonly Option<string> _kind = Among("--score-kind", "What scores are. Default: binary when all are 0 or 1", "auto", "binary", "ordinal", "numeric");
    private readonly Option<bool> _lower = new("--lower-is-better") { Description = "Small scores are good, as with errors and seconds" };
    private readonly Option<double> _margin = new("--tie-margin") { Description = "Scores that differ by this much or less tie" };
    private readonly Option<bool> _skip = new("--skip-bad-rows") { Description = "Leave out rows that cannot be read, and say how many" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing on standard error while work takes long" };

    public void AddTo(Command command)
    {
        command.Add(_files);
        Option[] options = [_ties, _intervals, _cluster, _confidence, _rounds, _seed, _prior, _set, _format, _output, _layout, _columns, _time, _covariates, _metrics, _weights, _ignore, _kind, _lower, _margin, _skip, _quiet];
        Array.ForEach(options, command.Add);
    }

    public string Format(ParseResult parsed) => parsed.GetRequiredValue(_format);

    public string? Output(ParseResult parsed) => parsed.GetValue(_output);

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <param name="parsed">The command line.</param>
    /// <param name="methods">The methods that were named; empty where that is left open.</param>
    public InputSettings Input(ParseResult parsed, IReadOnlyList<RankMethod> methods)
    {
        string layout = parsed.GetRequiredValue(_layout), kind = parsed.GetRequiredValue(_kind);
        double margin = parsed.GetValue(_margin);
        if (!double.IsFinite(margin) || margin < 0)
        {
            throw new RefusedException("--tie-margin is a finite number of 0 or more.");
        }

        string[] files = parsed.GetRequiredValue(_files);
        if (Array.Find(files, f => f.Length > 1 && f[0] == '-') is { } option)
        {
            throw new RefusedException($"There is no option '{option}'.{Nearest.Hint(option, parsed.CommandResult.Command.Options.Select(o => o.Name))} 'arena rank --help' lists them; a file of that name is ./{option}.");
        }

        if (files.Distinct(StringComparer.Ordinal).Count() < files.Length)
        {
            throw new RefusedException($"'{files.GroupBy(f => f, StringComparer.Ordinal).First(g => g.Count() > 1).Key}' is given twice. Give each source once.");
        }

        var columns = ColumnMap.Parse(parsed.GetValue(_columns) ?? []);
        if (parsed.GetValue(_time) is { } time)
        {
            columns = string.Equals(time, NoTime, StringComparison.OrdinalIgnoreCase) ? columns.Without(ColumnRole.Time) : columns.With(ColumnRole.Time, time);
        }

        return new InputSettings(
            files,
            string.Equals(layout, "auto", StringComparison.Ordinal) ? null : Enum.Parse<InputLayout>(layout.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            columns,
            Listed(parsed.GetValue(_ignore)),
            Listed(parsed.GetValue(_metrics)),
            Listed(parsed.GetValue(_covariates)),
            new ScoreSettings(
                string.Equals(kind, "auto", StringComparison.Ordinal) ? null : Enum.Parse<ScoreKind>(kind, ignoreCase: true),
                parsed.GetValue(_lower) ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter,
                margin),
            parsed.GetValue(_skip))
        {
            WantsPayoffs = methods.Any(m => m.Input.HasFlag(MethodInput.Payoffs)),
        };
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
            Set = [.. (parsed.GetValue(_set) ?? []).SelectMany(Listed).Select(s => Pair(s, "--set"))],
            SourceWeights = Listed(parsed.GetValue(_weights)).Select(s => Pair(s, "--source-weights")).ToDictionary(p => p.Name, Weight, StringComparer.Ordinal),
        };
    }

    private static double Weight((string Name, string Value) pair) =>
        double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight) && weight > 0
            ? weight
            : throw new RefusedException($"--source-weights {pair.Name}={pair.Value}: a weight is a finite number above 0.");

    private static (string Name, string Value) Pair(string text, string option) => text.LastIndexOf('=') is > 0 and var equals
        ? (text[..equals].Trim(), text[(equals + 1)..].Trim())
        : throw new RefusedException($"{option} is written NAME=VALUE, not '{text}'.");

    private static string[] Listed(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0], HelpName = values.Length > 4 ? "name" : null };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
