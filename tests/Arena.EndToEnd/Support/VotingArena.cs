using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>
/// One Arena with two open arenas whose outputs a worker has really made, a browser, an administrator and a member. Both are cut from
/// the upscaling suite: its cheapest entries, four at a time and in pairs.
/// </summary>
public sealed class VotingArena : IAsyncLifetime
{
    public const string Collection = "voting Arena";

    public const string Four = "upscaling";

    public const string Pairs = "pairs";

    private const string MemberEmail = "voting.member@example.org";

    private readonly DirectoryInfo suites = Directory.CreateTempSubdirectory("arena-e2e-suites-");

    /// <summary>The entries' slugs, less their suite's.</summary>
    internal static IReadOnlyList<string> Entries { get; } = ["nearest", "bilinear", "bicubic", "lanczos", "unsharp", "back-projection"];

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
        Arena = await ArenaProcess.StartAsync(
            "--Arena:Suites", suites.FullName,
            "--Arena:Voting:LeastTimePerOutput", "00:00:00.001", // a test looks faster than a person, and sends 0 where it wants to be doubted
            "--Arena:RateLimits:SignInsPerMinute", "50",
            "--Arena:RateLimits:RequestsPerMinute", "100000");
        Browser = await Chromium.StartAsync();
        Administrator = await FirstAdministrator.BecomeAsync(Arena, Browser);
        Member = await RegisterAsync();
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
}
