namespace Arena.Evaluation.Suites;

/// <summary>Names. Those of files inside a suite: relative, forward slashes, plain ASCII, so that they mean the same on every
/// system, sort the same by bytes and by characters, and cannot leave the folder.</summary>
public static class SuitePath
{
    internal const int MaxLength = 200;
    internal const string Rule = "use letters, digits, '.', '-' and '_', '/' between folders, and no part that starts with a dot";

    internal static bool IsValid(string path)
    {
        if (path.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var part in path.Split('/'))
        {
            if (part.Length == 0 || part[0] == '.' || part[^1] == '.' || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Files that tools leave behind and that are no part of a suite.</summary>
    internal static bool IsIgnored(string name) => name[0] == '.' || name is "__pycache__" or "__MACOSX" or "Thumbs.db";

    /// <summary>A slug: lower-case letters, digits and single hyphens, 2 to 64 characters.</summary>
    public static bool IsSlug(string text) =>
        text.Length is >= 2 and <= 64
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal);
}
