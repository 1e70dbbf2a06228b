using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>One Arena that evaluates nothing, with a browser and an administrator, for the tests that change things in it.</summary>
public sealed class QuietArena : IAsyncLifetime
{
    public const string Collection = "quiet Arena";

    internal ArenaProcess Arena { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    /// <summary>Stored state of a browser in which the administrator is signed in.</summary>
    internal string Administrator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // more sign-ins than a person needs in a minute
        Arena = await ArenaProcess.StartAsync([.. Launch.WithoutWorker, "--Arena:RateLimits:SignInsPerMinute", "50"]);
        Browser = await Chromium.StartAsync();
        Administrator = await FirstAdministrator.BecomeAsync(Arena, Browser);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Arena.DisposeAsync();
    }
}
