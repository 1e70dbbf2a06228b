using System.Globalization;
using System.Text;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>One method's standings as a table for people, or as JSON or CSV for machines.</summary>
internal static class StandingsOutput
{
    private const int MostRows = 30;

    public static string Table(RankMethod method, RankOutcome outcome, RankInput input)
    {
        var text = new StringBuilder(Heading(method, outcome, input));
        foreach ((string population, Standings board, IReadOnlyList<string> names) in outcome.Boards(input))
        {
            text.Append('\n').Append(population.Length > 0 ? $"{population}\n" : "").Append(Board(board, names, input));
        }

        foreach (Coefficient coefficient in outcome.Board.Coefficients)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{coefficient.Name}: {coefficient.Value:0.####}");
            if (double.IsFinite(coefficient.Low) && double.IsFinite(coefficient.High))
            {
                text.Append(CultureInfo.InvariantCulture, $" ({coefficient.Low:0.####} to {coefficient.High:0.####})");
            }
        }

        text.Append(outcome.Board.Coefficients.Count > 0 ? "\n" : "");
        foreach (ResultTable table in outcome.Tables.Where(t => t.Title.Length > 0 && t.Rows.Count > 0))
        {
            text.Append('\n').Append(table.Title).Append("\n\n").Append(Aside(table));
        }

        foreach (string note in Notes(outcome, input))
        {
            text.Append('\n').Append(note);
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(RankMethod method, RankOutcome outcome, RankInput input)
    {
        Standings board = outcome.Board;
        return MachineOutput.ToJson(new
        {
            MachineOutput.Schema,
            Command = "rank",
            MachineOutput.Version,
            Input = MachineOutput.Input(input),
            Method = board.Method,
            method.Name,
            Options = MachineOutput.Options(outcome.Options),
            board.Confidence,
            Intervals = board.Intervals.ToString(),
            outcome.NoIntervals,
            board.Evidence.Observations,
            board.Evidence.Discordant,
            board.Evidence.Clusters,
            OneObservationIs = input.Observation,
            Diagnostics = MachineOutput.Diagnostics(board),
            Notes = Notes(outcome, input),
            Coefficients = board.Coefficients.Select(c => new { c.Name, Value = MachineOutput.Finite(c.Value), Low = MachineOutput.Finite(c.Low), High = MachineOutput.Finite(c.High) }).ToArray(),
            Tables = outcome.Tables.ToDictionary(t => t.Name, MachineOutput.Table, StringComparer.Ordinal),
            Entries = outcome.Boards(input).SelectMany(b => b.Board.Order.Select((index, k) => Entry(b.Population, k + 1, b.Names[index], b.Board.Competitors[index]))).ToArray(),
        });
    }

    public static string ToCsv(RankOutcome outcome, RankInput input)
    {
        var text = new StringBuilder("position,entry,rating,low,high,standard_error,rank_low,rank_high,observations,discordant,clusters,population\n");
        foreach ((string population, Standings board, IReadOnlyList<string> names) in outcome.Boards(input))
        {
            for (int k = 0; k < board.Order.Count; k++)
            {
                Standing e = board.Competitors[board.Order[k]];
                text.Append(CultureInfo.InvariantCulture, $"{k + 1},{MachineOutput.Quoted(names[e.Index])},{MachineOutput.Number(e.Rating)},{MachineOutput.Number(e.Low)},{MachineOutput.Number(e.High)},{MachineOutput.Number(e.StandardError)},{e.RankLow},{e.RankHigh},{e.Evidence.Observations},{e.Evidence.Discordant},{e.Evidence.Clusters},{MachineOutput.Quoted(population)}\n");
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static object Entry(string population, int position, string name, Standing entry) => new
    {
        Population = population.Length > 0 ? population : null,
        position,
        name,
        Rating = MachineOutput.Finite(entry.Rating),
        Low = MachineOutput.Finite(entry.Low),
        High = MachineOutput.Finite(entry.High),
        StandardError = MachineOutput.Finite(entry.StandardError),
        Offset = MachineOutput.Finite(entry.Offset),
        entry.RankLow,
        entry.RankHigh,
        entry.Evidence.Observations,
        entry.Evidence.Discordant,
        entry.Evidence.Clusters,
    };

    private static string[] Notes(RankOutcome outcome, RankInput input) => [.. outcome.Remarks.Where(r => r.Length > 0), .. input.Notes, .. outcome.Board.Diagnostics.Notes];

    private static string Board(Standings board, IReadOnlyList<string> names, RankInput input)
    {
        int decimals = NumberText.Decimals(board.Competitors);
        bool clusters = board.Intervals == IntervalKind.ClusterSandwich || board.Evidence.Clusters != board.Evidence.Observations;
        bool intervals = board.Intervals != IntervalKind.None;
        int[] places = Comparison.Places(board);
        bool counted = board.Competitors.Any(c => c.Evidence.Observations > 0);
        var rows = new List<string[]>();
        for (int k = 0; k < board.Order.Count; k++)
        {
            Standing entry = board.Competitors[board.Order[k]];
            List<string> row = [intervals ? NumberText.Ranks(entry) : places[entry.Index].ToString(CultureInfo.InvariantCulture), TextTable.Clipped(names[entry.Index]), NumberText.Rating(entry.Rating, decimals)];
            if (intervals)
            {
                row.Add(NumberText.Interval(entry, decimals));
            }

            if (counted)
            {
                row.Add(entry.Evidence.Observations.ToString("N0", CultureInfo.InvariantCulture));
            }

            if (clusters)
            {
                row.Add(entry.Evidence.Clusters.ToString("N0", CultureInfo.InvariantCulture));
            }

            rows.Add([.. row]);
        }

        List<string> header = [intervals ? "rank" : "place", "entry", "rating", .. intervals ? (string[])["interval"] : [], .. counted ? (string[])[input.Observation + "s"] : [], .. clusters ? (string[])["clusters"] : []];
        return intervals ? TextTable.Of(header, rows, 1, 3) : TextTable.Of(header, rows, 1);
    }

    private static string Aside(ResultTable table)
    {
        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(c => table.Rows.Any(r => r[c] is not (null or "")))];
        // the last column may be as long as it is: nothing stands behind it
        string[][] cells = [.. table.Rows.Take(MostRows).Select(r => (string[])[.. shown.Select(c => c == shown[^1] && r[c] is string text ? text : Cell(r[c]))])];
        int[] texts = [.. Enumerable.Range(0, shown.Length).Where(c => table.Rows.All(r => r[shown[c]] is string))];
        return TextTable.Of([.. shown.Select(c => TextTable.Clipped(table.Columns[c].Replace('_', ' ')))], cells, texts)
            + (table.Rows.Count > MostRows ? string.Create(CultureInfo.InvariantCulture, $"and {table.Rows.Count - MostRows:N0} more (--format json has all)\n") : "");
    }

    private static string Cell(object? value) => value switch
    {
        double number when double.IsFinite(number) => (Math.Abs(number) < NumberText.Rounding ? 0 : number).ToString("G4", CultureInfo.InvariantCulture),
        double or null => "–",
        string text => TextTable.Clipped(text),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };

    private static string Heading(RankMethod method, RankOutcome outcome, RankInput input)
    {
        Standings board = outcome.Board;
        string intervals = outcome.NoIntervals is { } reason
            ? $"no intervals: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * board.Confidence:0.##} % intervals ({Kind(board.Intervals)})");
        string entries = string.Join(" × ", outcome.Boards(input).Select(b => NumberText.Count(b.Board.Competitors.Count, "entry", "entries")));
        string evidence = board.Evidence.Observations == 0 ? "" : $", {NumberText.Count(board.Evidence.Observations, input.Observation, input.Observation + "s")} ({board.Evidence.Discordant.ToString("N0", CultureInfo.InvariantCulture)} that tell entries apart)";
        string clusters = board.Evidence.Clusters == board.Evidence.Observations ? "" : $", {NumberText.Count(board.Evidence.Clusters, "cluster", "clusters")}";
        return $"{method.Title}\n{entries}{evidence}{clusters}\n{char.ToUpperInvariant(intervals[0])}{intervals[1..]}{(board.Diagnostics.Converged ? "" : "\nNot converged: the iterations ran out, and the ratings are not final.")}\n";
    }

    private static string Kind(IntervalKind kind) => kind switch
    {
        IntervalKind.Sandwich => "sandwich covariance",
        IntervalKind.ClusterSandwich => "sandwich covariance by clusters",
        IntervalKind.Bootstrap => "bootstrap",
        IntervalKind.Posterior => "posterior",
        IntervalKind.PayoffBounds => "payoffs drawn within their bounds",
        _ => kind.ToString(),
    };
}
