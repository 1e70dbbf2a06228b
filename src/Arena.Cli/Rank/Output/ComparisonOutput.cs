using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>Methods side by side: places and ratings of every entry, and how far the orders agree.</summary>
internal static class ComparisonOutput
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Table(Comparison comparison, IReadOnlyList<string> names, IReadOnlyList<string> notes)
    {
        string[] methods = [.. comparison.Boards.Select(b => b.Method.Name)];
        var rows = comparison.Boards[0].Board.Order.Select(e => (string[])[names[e], .. Enumerable.Range(0, methods.Length).Select(m => Text(comparison.Place(m, e)))]).ToList();
        var text = new StringBuilder("Places by method, in the order of the first\n\n").Append(TextTable.Of(["entry", .. methods], rows, 0));
        if (methods.Length > 1)
        {
            var agree = Enumerable.Range(0, methods.Length).Select(a => (string[])[methods[a], .. Enumerable.Range(0, methods.Length).Select(b => Number(a == b ? 1 : a < b ? comparison.Correlation(a, b).Kendall : comparison.Correlation(a, b).Spearman))]).ToList();
            text.Append("\nKendall's τ-b above the diagonal, Spearman's ρ below it\n\n").Append(TextTable.Of(["", .. methods], agree, 0));
        }

        foreach ((Methods.RankMethod method, string reason) in comparison.Refused)
        {
            text.Append('\n').Append(method.Name).Append(" did not rank: ").Append(reason);
        }

        foreach (string note in notes)
        {
            text.Append('\n').Append(note);
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(Comparison comparison, IReadOnlyList<string> names) => JsonSerializer.Serialize(
        new
        {
            Methods = comparison.Boards.Select(b => new { Name = b.Method.Name, Method = b.Board.Method, b.Board.Diagnostics.Converged }).ToArray(),
            Refused = comparison.Refused.Select(r => new { Name = r.Method.Name, r.Reason }).ToArray(),
            Entries = comparison.Boards[0].Board.Order.Select(e => new
            {
                Name = names[e],
                Places = comparison.Boards.Select((_, m) => comparison.Place(m, e)).ToArray(),
                Ratings = comparison.Boards.Select(b => StandingsOutput.Finite(b.Board.Competitors[e].Rating)).ToArray(),
            }).ToArray(),
            KendallTauB = Matrix(comparison, (a, b) => comparison.Correlation(a, b).Kendall),
            SpearmanRho = Matrix(comparison, (a, b) => comparison.Correlation(a, b).Spearman),
        },
        Json);

    public static string ToCsv(Comparison comparison, IReadOnlyList<string> names)
    {
        var text = new StringBuilder("entry");
        foreach ((Methods.RankMethod method, _) in comparison.Boards)
        {
            text.Append(CultureInfo.InvariantCulture, $",{method.Name}_place,{method.Name}_rating");
        }

        foreach (int entry in comparison.Boards[0].Board.Order)
        {
            text.Append('\n').Append(StandingsOutput.Quoted(names[entry]));
            for (int m = 0; m < comparison.Boards.Count; m++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{comparison.Place(m, entry)},{StandingsOutput.Finite(comparison.Boards[m].Board.Competitors[entry].Rating)}");
            }
        }

        return text.ToString();
    }

    private static double?[][] Matrix(Comparison comparison, Func<int, int, double?> value) =>
        [.. Enumerable.Range(0, comparison.Boards.Count).Select(a => Enumerable.Range(0, comparison.Boards.Count).Select(b => a == b ? 1 : value(a, b)).ToArray())];

    private static string Text(int place) => place.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
