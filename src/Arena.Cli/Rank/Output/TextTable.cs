using System.Globalization;
using System.Text;

namespace Arena.Cli.Rank.Output;

/// <summary>Columns of text for a terminal, numbers to the right.</summary>
internal static class TextTable
{
    private const int Longest = 44;

    /// <summary>Not more of a name than leaves room beside it, on one line.</summary>
    public static string Clipped(string name)
    {
        string line = name.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : $"{line[..(Longest - 1)]}…";
    }

    /// <param name="header">Headings.</param>
    /// <param name="rows">Cells, as many as headings in each row.</param>
    /// <param name="left">Columns that stand to the left; the others stand to the right.</param>
    public static string Of(IReadOnlyList<string> header, IReadOnlyList<string[]> rows, params ReadOnlySpan<int> left)
    {
        int[] widths = [.. header.Select((h, c) => Math.Max(Width(h), rows.Count == 0 ? 0 : rows.Max(r => Width(r[c]))))];
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
            string pad = new(' ', widths[c] - Width(cells[c]));
            text.Append(c > 0 ? "  " : "").Append(left.Contains(c) ? cells[c] + pad : pad + cells[c]);
        }

        while (text.Length > start && text[^1] == ' ')
        {
            text.Length--;
        }

        text.Append('\n');
    }

    /// <summary>Cells of a terminal: two for a character of East Asia or a picture, none for what joins the one before.</summary>
    private static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
                : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
                    or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2
                : 1;
        }

        return width;
    }
}
