using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>One Arena whose board is finished, with a browser and an administrator, for every test that only looks.</summary>
public sealed partial class FinishedArena : IAsyncLifetime
{
    public const string Collection = "finished Arena";

    public const string Board = "/leaderboards/digits";

    private const int UpscalingEntries = 11;

    internal ArenaProcess Arena { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    /// <summary>The board's JSON at the end.</summary>
    internal JsonElement Final { get; private set; }

    /// <summary>Stored state of a browser in which the administrator is signed in.</summary>
    internal string Administrator { get; private set; } = null!;

    /// <summary>The version that anonymous visitors were shown, from the cache, while the board was filling.</summary>
    internal long EarlyVersion { get; private set; }

    public async Task InitializeAsync()
    {
        var entries = Repository.ReferenceCounts().Count;
        Arena = await ArenaProcess.StartAsync();
        await Arena.WaitForBoardAsync("digits");
        EarlyVersion = await ShownVersionAsync();
        Browser = await Chromium.StartAsync();
        Administrator = await FirstAdministrator.BecomeAsync(Arena, Browser);
        Final = await Arena.WaitForFullBoardAsync("digits", entries);
        await Arena.WaitForFullBoardAsync("upscaling", UpscalingEntries);
        await Task.Delay(1000); // the notice of the last version is at most a quarter of a second behind it
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Arena.DisposeAsync();
    }

    /// <summary>The version that the board's page shows to an anonymous visitor.</summary>
    internal async Task<long> ShownVersionAsync() =>
        long.Parse(VersionPattern().Match(await Arena.Client.GetStringAsync(new Uri(Board, UriKind.Relative))).Groups["version"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("data-version=\"(?<version>[0-9]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionPattern();
}
