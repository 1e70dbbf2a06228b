using Arena.EndToEnd.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>A maintainer lets a worker in and sends it away again.</summary>
[Collection(QuietArena.Collection)]
public sealed class WorkersPageTests(QuietArena quiet)
{
    [Fact]
    public async Task Workers_OneAddedAndRevoked_ShowsItsTokenOnceAndWhatBecameOfIt()
    {
        var page = await quiet.Browser.OpenAsync(signedIn: quiet.Administrator);
        await page.GotoAsync(new Uri(quiet.Arena.Address, "/admin/workers").AbsoluteUri);
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("gpu-box-7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await page.GetByText("This token is shown only now.").WaitForAsync();
        var row = page.GetByRole(AriaRole.Row, new() { Name = "gpu-box-7" });
        await Assertions.Expect(row).ToContainTextAsync("expected");
        await Chromium.ShootAsync(page, "workers-1440-light");
        var axe = await page.RunAxe();
        Assert.DoesNotContain(axe.Violations, violation => violation.Impact is "serious" or "critical");

        await page.ReloadAsync();
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        Assert.Equal(0, await page.GetByText("This token is shown only now.").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke gpu-box-7" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0); // it never came, so nothing of it is kept on the board
        await page.Context.CloseAsync();
    }
}
