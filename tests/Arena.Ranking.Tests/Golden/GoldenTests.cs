using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Arena.Ranking.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Arena.Ranking.Tests.Golden;

/// <summary>
/// Every file of the golden folder (<c>tests/golden</c>, or the one that <c>ARENA_GOLDEN</c> names) goes to every handler of exactly its name. A file
/// without a handler fails, and so does a key that its handlers do not read and that <c>not-covered.md</c> does not list.
/// </summary>
public sealed class GoldenTests(ITestOutputHelper log)
{
    private static readonly string Committed = Path.Combine(RepositoryFolder.Path, "tests", "golden");

    private static readonly ILookup<string, MethodInfo> Handlers = typeof(GoldenTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .SelectMany(method => method.GetCustomAttributes<GoldenFileAttribute>().SelectMany(a => a.Names).Select(name => (name, method)))
        .ToLookup(pair => pair.name, pair => pair.method, StringComparer.Ordinal);

    private static readonly List<(Regex File, Regex Key)> NotCovered =
    [
        .. from line in File.ReadAllLines(Path.Combine(Committed, "not-covered.md"))
           let cells = line.Split(" | ")
           where line.StartsWith("| ", StringComparison.Ordinal) && cells.Length == 3 && cells[0] is not "| file"
           select (Pattern(cells[0][2..]), Pattern(cells[1])),
    ];

    public static TheoryData<string> Files => new(Names(Folder()));

    public static TheoryData<string> RealFiles => new(Names(SharedData.GoldenReal));

    [Theory]
    [MemberData(nameof(Files))]
    public void GoldenFile_EveryKey_IsReachedOrListed(string file) => Check(Path.Combine(Folder(), file));

    [SharedDataTheory("golden-real")]
    [MemberData(nameof(RealFiles))]
    public void GoldenFileOfRealData_EveryKey_IsReachedOrListed(string file) => Check(Path.Combine(SharedData.GoldenReal, file));

    [Fact]
    public void GoldenFolder_HoldsFiles() => Assert.NotEmpty(Names(Folder()));

    [Fact]
    public void Unread_KeyThatNobodyRead_IsNamed()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{ "input": { "a": 1 }, "cases": [ { "input": 1, "output": { "pi": [1, 2], "rho": 3 } }, { "output": { "pi": [1], "rho": 4 } } ], "output": {} }""");
            using var file = new GoldenFile(path);

            file.Root["cases"].Items[0]["output"]["rho"].Near(3, 0);

            Assert.Equal(["cases[].output.pi", "cases[].output.rho", "output"], file.Unread());
            Assert.Equal(1, file.Checked());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Check(string path)
    {
        string name = Path.GetFileName(path);
        Assert.True(Handlers.Contains(name), $"No handler for {name}: write one, marked [GoldenFile(\"{name}\")].");
        using var file = new GoldenFile(path);
        try
        {
            foreach (MethodInfo handler in Handlers[name])
            {
                handler.Invoke(null, [file]);
            }
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }

        string[] owed = [.. file.Unread().Where(key => !NotCovered.Exists(row => row.File.IsMatch(name) && row.Key.IsMatch(key)))];
        Assert.True(owed.Length == 0, $"{name}: neither checked nor listed in not-covered.md: {string.Join(", ", owed)}");
        log.WriteLine($"{name}: {file.Checked()} values checked");
    }

    private static string Folder() => Environment.GetEnvironmentVariable("ARENA_GOLDEN") is { Length: > 0 } folder ? folder : Committed;

    private static string[] Names(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>A row's text, in which * stands for anything and everything else for itself.</summary>
    private static Regex Pattern(string text) =>
        new($"^{Regex.Escape(text.Trim()).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
}
