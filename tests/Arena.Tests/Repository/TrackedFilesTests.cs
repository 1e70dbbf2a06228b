using System.Text;
using System.Text.RegularExpressions;
using Arena.Tests.Support;

namespace Arena.Tests.Repository;

/// <summary>A clone must build on any machine and with any package feed: nothing that is tracked may name this one's.</summary>
public sealed partial class TrackedFilesTests
{
    [CloneFact]
    public async Task TrackedFiles_Always_NameNoPackageRegistry()
    {
        Assert.Empty(await LinesThatMatchAsync(Registry()));
    }

    [CloneFact]
    public async Task TrackedFiles_Always_NameNoPathOfOneMachine()
    {
        var root = RepositoryFolder.Path.TrimEnd('/', '\\');
        Assert.Empty(await LinesThatMatchAsync(MachinePath()));
        Assert.Empty(await LinesThatMatchAsync(new Regex(Regex.Escape(root) + @"(?![\w-])", RegexOptions.None, TimeSpan.FromSeconds(10))));
    }

    [CloneFact]
    public async Task TrackedFiles_Always_HoldNoFeedConfigurationAndNoBuildOutput()
    {
        var files = await TrackedAsync();

        Assert.DoesNotContain(files, file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts" or ".arena"));
        Assert.Contains("package-lock.json", files);
        Assert.Contains("LICENSE", files);
    }

    [Fact]
    public async Task PackageLock_Always_NamesNoDownloadAddress()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "package-lock.json"));

        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".tgz", text, StringComparison.Ordinal);
        Assert.Contains("\"integrity\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://registry.npm" + "js.org/x", true)]
    [InlineData("https://api.nu" + "get.org/v3/index.json", true)]
    [InlineData("registry" + "=https://feed.example", true)]
    [InlineData("<add key=\"a\" value=\"b\" /> in package" + "Sources", true)]
    [InlineData("a NuGet package of its own", false)]
    public void Registry_Line_IsSeen(string line, bool seen) => Assert.Equal(seen, Registry().IsMatch(line));

    [Theory]
    [InlineData("/wo" + "rk/main/src", true)]
    [InlineData("\"/ro" + "ot/.nuget\"", true)]
    [InlineData("see /ho" + "me/someone/arena", true)]
    [InlineData("C:\\Us" + "ers\\someone", true)]
    [InlineData("/tm" + "p/x", true)]
    [InlineData("https://example.org/wo" + "rk/x", false)]
    [InlineData("/worker/v1/register", false)]
    [InlineData("or /tmp where that is too long", false)]
    public void MachinePath_Line_IsSeen(string line, bool seen) => Assert.Equal(seen, MachinePath().IsMatch(line));

    [GeneratedRegex(@"npm[j]s\.(org|com)|yarnpk[g]\.com|nuge[t]\.org|pyp[i]\.org|pythonhoste[d]\.org|registry\s*[=]\s*http|package[S]ources|Restore[S]ources", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Registry();

    [GeneratedRegex(@"(?<![\w./~-])(/wor[k]/|/roo[t]/|/hom[e]/\w|/User[s]/\w|/tm[p]/\w)|\b[A-Z]:\\User[s]\\", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MachinePath();

    private static async Task<IReadOnlyList<string>> TrackedAsync()
    {
        var run = await CommandRun.StartAsync("git", ["ls-files", "-z"], RepositoryFolder.Path);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<IReadOnlyList<string>> LinesThatMatchAsync(Regex wrong)
    {
        var found = new List<string>();
        var read = 0;
        foreach (var file in await TrackedAsync())
        {
            var path = Path.Combine(RepositoryFolder.Path, file);
            // deleted in the working tree, or a link
            if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            {
                continue;
            }

            var bytes = await File.ReadAllBytesAsync(path);
            if (bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0))
            {
                continue;
            }

            read++;
            var lines = Encoding.UTF8.GetString(bytes).Split('\n');
            found.AddRange(lines.Select((line, index) => (line, index)).Where(each => wrong.IsMatch(each.line)).Select(each => $"{file}:{each.index + 1}: {each.line.Trim()}"));
        }

        Assert.True(read > 100, $"Only {read} files were read.");
        return found;
    }
}
