using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>An interactive page whose server goes away and comes back.</summary>
[Collection(QuietArena.Collection)]
public sealed class ReconnectTests(QuietArena quiet)
{
    [Fact]
    public async Task InteractivePage_HostKilledAndStartedAgain_SaysSoAndWorksAgainByItself()
    {
        var page = await quiet.Browser.OpenAsync(signedIn: quiet.Administrator);
        await page.GotoAsync(new Uri(quiet.Arena.Address, "/admin/audit").AbsoluteUri);
        await WorksAsync(page);
        await page.EvaluateAsync("window.sameDocument = true");

        await quiet.Arena.KillHostAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "The connection was lost" });
        await dialog.WaitForAsync();
        await Chromium.ShootAsync(page, "reconnect");
        await quiet.Arena.StartHostAsync();

        await page.WaitForFunctionAsync("() => window.sameDocument === undefined", null, new() { Timeout = 60_000 });
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await WorksAsync(page);
        await page.Context.CloseAsync();
    }

    /// <summary>What is typed into the filter of the audit log is answered by the server.</summary>
    private static async Task WorksAsync(IPage page)
    {
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("Show only what contains").FillAsync("nothing holds this");
        await page.GetByText("0 lines").WaitForAsync();
        await page.GetByLabel("Show only what contains").FillAsync("first-administrator");
        await page.GetByText("1 line", new() { Exact = true }).WaitForAsync();
    }
}
