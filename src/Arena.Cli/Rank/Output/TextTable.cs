using System.Text;

namespace Arena.Cli.Rank.Output;

/// <summary>Columns of text for a terminal, numbers to the right.</summary>
internal static class TextTable
{
    /// <param name="header">Headings.</param>
    /// <param name="rows">Cells, as many as headings in each row.</param>
    /// <param name="left">Columns that stand to the left; the others stand to the right.</param>
    public static string Of(IReadOnlyList<string> header, IReadOnlyList<string[]> rows, params ReadOnlySpan<int> left)
    {
        int[] widths = [.. header.Select((h, c) => Math.Max(h.Length, rows.Count == 0 ? 0 : rows.Max(r => r[c].Length)))];
        var text = new StringBuilder();
        Line(text, [.. header], widths, left);
        foreach (string[] row in rows)
        {
            Line(text, row, widths, left);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string[] cells, int[] widths, ReadOnlySpan<int> left)
    {
        int start = text.Length;
        for (int c = 0; c < cells.Length; c++)
        {
            text.Append(c > 0 ? "  " : "").Append(left.Contains(c) ? cells[c].PadRight(widths[c]) : cells[c].PadLeft(widths[c]));
        }

        while (text.Length > start && text[^1] == ' ')
        {
            text.Length--;
        }

        text.Append('\n');
    }
}
