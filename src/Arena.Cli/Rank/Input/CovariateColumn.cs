namespace Arena.Cli.Rank.Input;

/// <summary>A covariate of a vote: a column as it stands, two columns of which the relative difference counts, or being named first.</summary>
/// <param name="Name">What the result calls it.</param>
/// <param name="Columns">One, two, or none for being named first.</param>
internal sealed record CovariateColumn(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>The word for being named first, unless a column bears it.</summary>
    private const string Position = "position";

    /// <summary>Reads <c>length</c>, <c>tokens_a/tokens_b</c>, <c>length=tokens_a/tokens_b</c> or <c>position</c>, by the columns that there are.</summary>
    public static CovariateColumn Parse(string text, IReadOnlyList<string> columns)
    {
        if (columns.Contains(text, StringComparer.Ordinal))
        {
            return new CovariateColumn(text, [text]);
        }

        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals].Trim(), rest = equals < 0 ? text : text[(equals + 1)..].Trim();
        if (string.Equals(rest, Position, StringComparison.Ordinal) && !columns.Contains(rest, StringComparer.Ordinal))
        {
            return new CovariateColumn(name, []);
        }

        string[] parts = columns.Contains(rest, StringComparer.Ordinal) ? [rest] : rest.Split('/', StringSplitOptions.TrimEntries);
        return Array.Find(parts, p => !columns.Contains(p, StringComparer.Ordinal)) is { } missing
            ? throw new RefusedException(ColumnMap.Unknown(missing, " for a covariate", columns))
            : parts.Length <= 2
                ? new CovariateColumn(name, parts)
                : throw new RefusedException($"--covariates '{text}' names {parts.Length} columns. Write one column, or the measures of both answers as in length=tokens_a/tokens_b.");
    }
}
