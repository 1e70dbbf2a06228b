using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>
/// One Arena with open arenas, a browser, an administrator and a member. Two arenas are cut from the upscaling suite, its cheapest
/// entries, whose outputs a worker has really made: four at a time and in pairs. The summaries are as they are shipped; beside them
/// stands an arena of texts that nobody should trust.
/// </summary>
public sealed class VotingArena : IAsyncLifetime
{
    public const string Collection = "voting Arena";

    public const string Four = "upscaling";

    public const string Pairs = "pairs";

    public const string Texts = "summaries";

    /// <summary>Every text in it is <see cref="MarkupText"/>.</summary>
    public const string Markup = "markup";

    /// <summary>Markdown with code, and everything that must not come through: HTML, a script's address, a picture from elsewhere.</summary>
    internal const string MarkupText =
        "# A heading\n\nA *plain* word and `inline code`.\n\n```csharp\nvar answer = list.Where(item => item.Name == \"<b>bold</b>\").Select(item => item.Count).DefaultIfEmpty(0).Aggregate(0, (sum, count) => sum + count);\n```\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        + "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">\n\n![a picture](https://elsewhere.invalid/pixel.png) [a link](javascript:document.title='taken') [a page](https://example.org/)";

    private const string MemberEmail = "voting.member@example.org";

    private readonly DirectoryInfo suites = Directory.CreateTempSubdirectory("arena-e2e-suites-");

    /// <summary>The entries' slugs, less their suite's.</summary>
    internal static IReadOnlyList<string> Entries { get; } = ["nearest", "bilinear", "bicubic", "lanczos", "unsharp", "back-projection"];

    /// <summary>How many summarisers the shipped suite compares.</summary>
    private const int TextEntries = 9;

    internal ArenaProcess Arena { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    /// <summary>Stored state of a browser in which the administrator is signed in.</summary>
    internal string Administrator { get; private set; } = null!;

    /// <summary>Stored state of a browser in which an account without any role is signed in.</summary>
    internal string Member { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        WriteSuite(Four, 4);
        WriteSuite(Pairs, 2);
        WriteTexts();
        Arena = await ArenaProcess.StartAsync(
            "--Arena:Suites", suites.FullName,
            "--Arena:Voting:LeastTimePerOutput", "00:00:00.001", // a test looks faster than a person, and sends 0 where it wants to be doubted
            "--Arena:RateLimits:SignInsPerMinute", "50",
            "--Arena:RateLimits:RequestsPerMinute", "100000");
        Browser = await Chromium.StartAsync();
        Administrator = await FirstAdministrator.BecomeAsync(Arena, Browser);
        Member = await RegisterAsync();
        await Arena.WaitForFullBoardAsync(Texts, TextEntries);
        await Arena.WaitForFullBoardAsync(Markup, TextEntries);
        await Arena.WaitForFullBoardAsync(Four, Entries.Count);
        await Arena.WaitForFullBoardAsync(Pairs, Entries.Count);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Arena.DisposeAsync();
        suites.Delete(recursive: true);
    }

    internal string Address(string path) => new Uri(Arena.Address, path).AbsoluteUri;

    private async Task<string> RegisterAsync()
    {
        var page = await Browser.OpenAsync();
        await page.GotoAsync(Address("/account/register"));
        await page.GetByLabel("E-mail").FillAsync(MemberEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(FirstAdministrator.Password);
        await page.GetByLabel("The same again").FillAsync(FirstAdministrator.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).WaitForAsync();
        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }

    private void WriteSuite(string slug, int slate)
    {
        var source = Path.Combine(Repository.Root, "eval-suites", "upscaling");
        var folder = suites.CreateSubdirectory(slug).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "baselines"));
        foreach (var file in Directory.EnumerateFiles(source).Concat(Entries.Select(entry => Path.Combine(source, "baselines", entry + ".onnx"))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(source, file)));
        }

        var suite = Path.Combine(folder, "suite.yaml");
        File.WriteAllText(suite, File.ReadAllText(suite)
            .Replace("slug: upscaling", "slug: " + slug, StringComparison.Ordinal)
            .Replace("title: Image upscaling, by eye", string.Equals(slug, Pairs, StringComparison.Ordinal) ? "title: Upscaling in pairs" : "title: Upscaling, four at a time", StringComparison.Ordinal)
            .Replace("slate: 4", FormattableString.Invariant($"slate: {slate}"), StringComparison.Ordinal));
        var parts = File.ReadAllText(Path.Combine(source, "baselines", "baselines.yaml")).Split("\n  - ");
        File.WriteAllText(
            Path.Combine(folder, "baselines", "baselines.yaml"),
            string.Join("\n  - ", parts.Where((part, place) => place == 0 || Entries.Any(entry => part.StartsWith($"slug: {entry}\n", StringComparison.Ordinal)))) + "\n");
    }

    private void WriteTexts()
    {
        var source = Path.Combine(Repository.Root, "eval-suites", "summaries");
        foreach (var slug in new[] { Texts, Markup })
        {
            var folder = suites.CreateSubdirectory(slug).FullName;
            Directory.CreateDirectory(Path.Combine(folder, "baselines"));
            foreach (var file in Directory.EnumerateFiles(source).Concat(Directory.EnumerateFiles(Path.Combine(source, "baselines"))))
            {
                File.Copy(file, Path.Combine(folder, Path.GetRelativePath(source, file)));
            }
        }

        var markup = Path.Combine(suites.FullName, Markup);
        var suite = Path.Combine(markup, "suite.yaml");
        File.WriteAllText(suite, File.ReadAllText(suite).Replace("slug: summaries", "slug: " + Markup, StringComparison.Ordinal).Replace("title: Summaries of addresses", "title: Texts with markup", StringComparison.Ordinal));
        foreach (var predictions in Directory.EnumerateFiles(Path.Combine(markup, "baselines"), "*.jsonl"))
        {
            File.WriteAllLines(predictions, File.ReadAllLines(predictions).Select(line =>
            {
                using var prediction = JsonDocument.Parse(line);
                return JsonSerializer.Serialize(new { sample = prediction.RootElement.GetProperty("sample").GetString(), output = MarkupText });
            }));
        }
    }
}
