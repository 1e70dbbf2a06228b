using System.Text.RegularExpressions;
using Arena.Tests.Support;

namespace Arena.Tests.ArchitectureRules;

/// <summary>Namespace = folder, and files that a person can read in one sitting.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestClass = 400;
    private const int LongestPage = 250;

    private static readonly string Source = Path.Combine(RepositoryFolder.Path, "src");

    [Fact]
    public void SourceFiles_Always_StandInTheFolderOfTheirNamespace()
    {
        var wrong = new List<string>();
        foreach (var file in Files("*.cs"))
        {
            var name = Path.GetRelativePath(Source, file);
            var declared = FileNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ToList();
            var expected = Path.GetDirectoryName(name)!.Replace(Path.DirectorySeparatorChar, '.');
            // a program of top-level statements declares none
            if (declared.Count == 0 ? Path.GetFileName(file) is not "Program.cs" : declared is not [var only] || !string.Equals(only, expected, StringComparison.Ordinal))
            {
                wrong.Add($"{name}: namespace {string.Join(", ", declared)} instead of {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void SourceFiles_Always_AreNotTooLong()
    {
        var wrong = Files("*.cs").Select(file => (file, most: LongestClass)).Concat(Files("*.razor").Select(file => (file, most: LongestPage)))
            .Select(each => (each.file, each.most, lines: File.ReadLines(each.file).Count()))
            .Where(each => each.lines > each.most)
            .Select(each => $"{Path.GetRelativePath(Source, each.file)}: {each.lines} lines, more than {each.most}");

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("namespace Arena.Web;\n", "Arena.Web")]
    [InlineData("using System;\n\nnamespace Arena.Web.Live;\r\n", "Arena.Web.Live")]
    [InlineData("namespace Arena.Web {\n}", null)]
    public void FileNamespace_Text_IsFound(string text, string? expected) =>
        Assert.Equal(expected, FileNamespace().Match(text) is { Success: true } match ? match.Groups["name"].Value : null);

    private static List<string> Files(string pattern) =>
        [.. Directory.GetFiles(Source, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*;\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileNamespace();
}
