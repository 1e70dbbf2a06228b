namespace Arena.Cli.Rank.Input;

/// <summary>What somebody who misspelt a name may have meant.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean 'x'?", or nothing where no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> names)
    {
        string[] all = [.. names.Where(n => n.Length > 0)];
        string? nearest = all.MinBy(n => Distance(name, n));
        nearest = nearest is not null && Distance(name, nearest) <= (name.Length <= 3 ? 1 : Math.Max(2, name.Length / 3))
            ? nearest
            : Array.Find(all, n => name.Length >= 3 && n.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return nearest is not null ? $" Did you mean '{nearest}'?" : "";
    }

    /// <summary>Edits from one to the other (Levenshtein), whatever the case.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int edit = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(edit, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
