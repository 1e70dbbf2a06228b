using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>One method's standings as a table for people, or as JSON or CSV for machines. What is infinite or not there is null or empty for machines.</summary>
internal static class StandingsOutput
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Table(RankMethod method, RankOutcome outcome, RankInput input)
    {
        Standings board = outcome.Board;
        IReadOnlyList<string> names = input.Names;
        int decimals = NumberText.Decimals(board.Competitors);
        bool clusters = board.Intervals == IntervalKind.ClusterSandwich || board.Evidence.Clusters != board.Evidence.Observations;
        bool intervals = board.Intervals != IntervalKind.None;
        var rows = new List<string[]>();
        for (int k = 0; k < board.Order.Count; k++)
        {
            Standing entry = board.Competitors[board.Order[k]];
            List<string> row = [intervals ? NumberText.Ranks(entry) : (k + 1).ToString(CultureInfo.InvariantCulture), names[entry.Index], NumberText.Rating(entry.Rating, decimals)];
            if (intervals)
            {
                row.Add(NumberText.Interval(entry, decimals));
            }

            row.Add(entry.Evidence.Observations.ToString("N0", CultureInfo.InvariantCulture));
            if (clusters)
            {
                row.Add(entry.Evidence.Clusters.ToString("N0", CultureInfo.InvariantCulture));
            }

            rows.Add([.. row]);
        }

        List<string> header = ["rank", "entry", "rating", .. intervals ? (string[])["interval"] : [], Observations(input), .. clusters ? (string[])["clusters"] : []];
        var text = new StringBuilder();
        text.Append(Heading(method, board, input)).Append("\n\n").Append(intervals ? TextTable.Of(header, rows, 1, 3) : TextTable.Of(header, rows, 1));
        foreach (Coefficient coefficient in board.Coefficients)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{coefficient.Name}: {coefficient.Value:0.####}");
            if (double.IsFinite(coefficient.Low) && double.IsFinite(coefficient.High))
            {
                text.Append(CultureInfo.InvariantCulture, $" ({coefficient.Low:0.####} to {coefficient.High:0.####})");
            }
        }

        text.Append(board.Coefficients.Count > 0 ? "\n" : "");
        foreach (string note in (string[])[.. outcome.Remarks, .. input.Notes, .. board.Diagnostics.Notes])
        {
            text.Append('\n').Append(note);
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(RankOutcome outcome, RankInput input) => JsonSerializer.Serialize(Board(outcome.Board, outcome.Remarks, input), Json);

    public static string ToCsv(Standings board, IReadOnlyList<string> names)
    {
        var text = new StringBuilder("position,entry,rating,low,high,standard_error,rank_low,rank_high,observations,discordant,clusters\n");
        for (int k = 0; k < board.Order.Count; k++)
        {
            Standing e = board.Competitors[board.Order[k]];
            text.Append(CultureInfo.InvariantCulture, $"{k + 1},{Quoted(names[e.Index])},{Finite(e.Rating)},{Finite(e.Low)},{Finite(e.High)},{Finite(e.StandardError)},{e.RankLow},{e.RankHigh},{e.Evidence.Observations},{e.Evidence.Discordant},{e.Evidence.Clusters}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Null for what is infinite: JSON knows no infinity.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A CSV value, quoted where it must be.</summary>
    public static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static object Board(Standings board, IReadOnlyList<string> remarks, RankInput input) => new
    {
        Method = board.Method,
        board.Confidence,
        Intervals = board.Intervals.ToString(),
        board.Evidence.Observations,
        board.Evidence.Discordant,
        board.Evidence.Clusters,
        OneObservationIs = Observation(input),
        board.Diagnostics.Converged,
        board.Diagnostics.Iterations,
        StopReason = board.Diagnostics.Reason.ToString(),
        CriticalValue = Finite(board.Diagnostics.CriticalValue),
        Notes = (string[])[.. remarks, .. input.Notes, .. board.Diagnostics.Notes],
        Coefficients = board.Coefficients.Select(c => new { c.Name, Value = Finite(c.Value), Low = Finite(c.Low), High = Finite(c.High) }).ToArray(),
        Entries = board.Order.Select((index, k) => (Entry: board.Competitors[index], Position: k + 1)).Select(e => new
        {
            e.Position,
            Name = input.Names[e.Entry.Index],
            Rating = Finite(e.Entry.Rating),
            Low = Finite(e.Entry.Low),
            High = Finite(e.Entry.High),
            StandardError = Finite(e.Entry.StandardError),
            Offset = Finite(e.Entry.Offset),
            e.Entry.RankLow,
            e.Entry.RankHigh,
            e.Entry.Evidence.Observations,
            e.Entry.Evidence.Discordant,
            e.Entry.Evidence.Clusters,
        }).ToArray(),
    };

    private static string Heading(RankMethod method, Standings board, RankInput input)
    {
        string intervals = board.Intervals switch
        {
            IntervalKind.None => "no intervals",
            var kind => string.Create(CultureInfo.InvariantCulture, $"{100 * board.Confidence:0.##} % intervals ({Kind(kind)})"),
        };
        string evidence = NumberText.Count(board.Evidence.Observations, Observation(input), Observations(input));
        string decided = string.Create(CultureInfo.InvariantCulture, $"{board.Evidence.Discordant:N0} that tell entries apart");
        string clusters = board.Evidence.Clusters == board.Evidence.Observations ? "" : $", {NumberText.Count(board.Evidence.Clusters, "cluster", "clusters")}";
        return $"{method.Title}; {intervals}\n{NumberText.Count(board.Competitors.Count, "entry", "entries")}, {evidence} ({decided}){clusters}{(board.Diagnostics.Converged ? "" : "\nNot converged: the iterations ran out, and the ratings are not final.")}";
    }

    private static string Kind(IntervalKind kind) => kind switch
    {
        IntervalKind.Sandwich => "sandwich covariance",
        IntervalKind.ClusterSandwich => "sandwich covariance by clusters",
        IntervalKind.Bootstrap => "bootstrap",
        IntervalKind.Posterior => "posterior",
        _ => kind.ToString(),
    };

    private static string Observation(RankInput input) => input is RankInput.Votes ? "vote" : "sample";

    private static string Observations(RankInput input) => Observation(input) + "s";
}
