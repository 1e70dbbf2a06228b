using System.Globalization;
using System.Text;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;

namespace Arena.Cli.Rank.Output;

/// <summary>Methods side by side: places and ratings of every entry, how far the orders agree, and where they do not.</summary>
internal static class ComparisonOutput
{
    private const int Width = 80;
    private const int Shown = 10;
    private const int Named = 4;

    /// <summary>Methods are numbered columns; those of one and the same order share theirs. What is wider than a terminal goes on below.</summary>
    public static string Table(Comparison comparison, RankInput input)
    {
        IReadOnlyList<string> names = input.Names;
        int orders = comparison.Orders.Count;
        var text = new StringBuilder("Methods\n");
        for (int o = 0; o < orders; o++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{o + 1,4}  ").Append(Wrapped([.. comparison.Orders[o].Select(b => comparison.Boards[b].Method.Name)], 6)).Append('\n');
        }

        text.Append("\nPlaces by method, in the order of the first\n\n");
        var places = comparison.Boards[0].Board.Order.Select(e => (Entry: TextTable.Clipped(names[e]), Cells: Enumerable.Range(0, orders).Select(o => Text(comparison.Place(comparison.Orders[o][0], e))).ToArray())).ToList();
        AppendBlocks(text, "entry", [.. places.Select(p => p.Entry)], [.. places.Select(p => p.Cells)]);
        if (orders > 1)
        {
            text.Append("Agreement of the orders: Kendall's τ-b above the diagonal, Spearman's ρ below it\n\n");
            string[][] agree = [.. Enumerable.Range(0, orders).Select(a => Enumerable.Range(0, orders).Select(b => Agreement(comparison, a, b)).ToArray())];
            AppendBlocks(text, "", [.. Enumerable.Range(1, orders).Select(o => $"{Text(o)} {comparison.Boards[comparison.Orders[o - 1][0]].Method.Name}")], agree);
            AppendDisagreements(text, comparison, names);
        }

        foreach ((RankMethod method, string reason) in comparison.Refused)
        {
            text.Append(method.Name).Append(" did not rank: ").Append(Sentence(reason)).Append('\n');
        }

        foreach (string note in input.Notes)
        {
            text.Append(note).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(Comparison comparison, RankInput input) => MachineOutput.ToJson(new
    {
        MachineOutput.Schema,
        Command = "rank compare",
        MachineOutput.Version,
        Input = MachineOutput.Input(input),
        Methods = comparison.Boards.Select(b => new
        {
            b.Method.Name,
            Method = b.Board.Method,
            Options = MachineOutput.Options(b.Options),
            Intervals = b.Board.Intervals.ToString(),
            Diagnostics = MachineOutput.Diagnostics(b.Board),
        }).ToArray(),
        Refused = comparison.Refused.Select(r => new { r.Method.Name, r.Reason }).ToArray(),
        Notes = input.Notes,
        Entries = comparison.Boards[0].Board.Order.Select(e => new
        {
            Name = input.Names[e],
            Places = comparison.Boards.Select((_, m) => comparison.Place(m, e)).ToArray(),
            Ratings = comparison.Boards.Select(b => MachineOutput.Finite(b.Board.Competitors[e].Rating)).ToArray(),
        }).ToArray(),
        KendallTauB = Matrix(comparison, (a, b) => comparison.Correlation(a, b).Kendall),
        SpearmanRho = Matrix(comparison, (a, b) => comparison.Correlation(a, b).Spearman),
        Disagreements = comparison.Disagreements().Select(d => new
        {
            Better = input.Names[d.Better],
            Worse = input.Names[d.Worse],
            Separating = d.Separating.Select(b => comparison.Boards[b].Method.Name).ToArray(),
            Opposing = d.Opposing.Select(b => comparison.Boards[b].Method.Name).ToArray(),
        }).ToArray(),
    });

    public static string ToCsv(Comparison comparison, IReadOnlyList<string> names)
    {
        var text = new StringBuilder("entry");
        foreach (RankedBy board in comparison.Boards)
        {
            text.Append(CultureInfo.InvariantCulture, $",{board.Method.Name}_place,{board.Method.Name}_rating");
        }

        foreach (int entry in comparison.Boards[0].Board.Order)
        {
            text.Append('\n').Append(MachineOutput.Quoted(names[entry]));
            for (int m = 0; m < comparison.Boards.Count; m++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{comparison.Place(m, entry)},{MachineOutput.Number(comparison.Boards[m].Board.Competitors[entry].Rating)}");
            }
        }

        return text.ToString();
    }

    private static void AppendDisagreements(StringBuilder text, Comparison comparison, IReadOnlyList<string> names)
    {
        IReadOnlyList<Disagreement> all = comparison.Disagreements();
        if (all.Count == 0)
        {
            text.Append("No method separates two entries that another puts in the other order.\n\n");
            return;
        }

        text.Append("Where they disagree most: one separates the two, others put them the other way round\n\n");
        foreach (Disagreement d in all.Take(Shown))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {TextTable.Clipped(names[d.Better])} above {TextTable.Clipped(names[d.Worse])}\n    separated by {Names(comparison, d.Separating)}; not so {Names(comparison, d.Opposing)}\n");
        }

        text.Append(all.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"  and {all.Count - Shown:N0} more pairs (--format json has all)\n\n") : "\n");
    }

    /// <summary>Names of one order, on as many lines as they need.</summary>
    private static string Wrapped(IReadOnlyList<string> names, int indent)
    {
        var text = new StringBuilder(names[0]);
        int line = indent + names[0].Length;
        foreach (string name in names.Skip(1))
        {
            bool fits = line + 3 + name.Length < Width;
            text.Append(fits ? " = " : " =\n" + new string(' ', indent)).Append(name);
            line = fits ? line + 3 + name.Length : indent + name.Length;
        }

        return text.ToString();
    }

    private static string Names(Comparison comparison, IReadOnlyList<int> boards) =>
        string.Join(", ", boards.Take(Named).Select(b => comparison.Boards[b].Method.Name)) + (boards.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {boards.Count - Named} more") : "");

    /// <summary>Numbered columns, as many beside each other as a terminal is wide.</summary>
    private static void AppendBlocks(StringBuilder text, string heading, IReadOnlyList<string> names, IReadOnlyList<string[]> cells)
    {
        int columns = cells[0].Length;
        int wide = names.Append(heading).Max(n => n.Length), each = 2 + cells.SelectMany(c => c).Max(c => c.Length);
        int fit = Math.Max(1, (Width - wide) / Math.Max(each, 2 + Text(columns).Length)), blocks = (columns + fit - 1) / fit;
        fit = (columns + blocks - 1) / blocks; // no block of one column after full ones
        for (int from = 0; from < columns; from += fit)
        {
            int to = Math.Min(columns, from + fit);
            text.Append(TextTable.Of([heading, .. Enumerable.Range(from + 1, to - from).Select(Text)], [.. names.Select((n, r) => (string[])[n, .. cells[r][from..to]])], 0)).Append('\n');
        }
    }

    private static string Agreement(Comparison comparison, int a, int b)
    {
        (double? kendall, double? spearman) = comparison.Correlation(comparison.Orders[a][0], comparison.Orders[b][0]);
        return a == b ? "·" : ((a < b ? kendall : spearman) is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture).Replace("0.", ".", StringComparison.Ordinal) : "–");
    }

    /// <summary>The first sentence, without what to do about it: here other methods do.</summary>
    private static string Sentence(string reason)
    {
        string line = reason.Split('\n')[0];
        int end = new[] { ". ", ": ", "; " }.Select(stop => line.IndexOf(stop, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(line.Length).Min();
        return line[..end].TrimEnd('.') + ".";
    }

    private static double?[][] Matrix(Comparison comparison, Func<int, int, double?> value) =>
        [.. Enumerable.Range(0, comparison.Boards.Count).Select(a => Enumerable.Range(0, comparison.Boards.Count).Select(b => a == b ? 1 : value(a, b)).ToArray())];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
