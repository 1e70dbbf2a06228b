using System.Reflection;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>A part of a Markdown file between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>: only that is replaced.</summary>
internal static class DocumentSection
{
    public static string Repository { get; } =
        typeof(DocumentSection).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => string.Equals(a.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    public static string Docs { get; } = Path.Combine(Repository, "docs");

    /// <summary>Replaces the section, or adds it at the end where the file has none.</summary>
    public static async Task ReplaceAsync(string file, string name, string content, CancellationToken cancellationToken)
    {
        string text = await File.ReadAllTextAsync(file, cancellationToken);
        await File.WriteAllTextAsync(file, Replace(text, name, content), cancellationToken);
    }

    internal static string Replace(string text, string name, string content)
    {
        string begin = $"<!-- {name} -->", end = $"<!-- /{name} -->";
        string section = $"{begin}\n{content.Trim('\n')}\n{end}";
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        if (from < 0)
        {
            return $"{text.TrimEnd('\n')}\n\n{section}\n";
        }

        int to = text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0
            ? throw new InvalidOperationException($"'{begin}' is not followed by '{end}'. Write it back.")
            : text[..from] + section + text[(to + end.Length)..];
    }
}
