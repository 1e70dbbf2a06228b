using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>A voting page in a browser, watched from its first moment: what moved by itself, and whether the focus was ever lost.</summary>
internal sealed class Booth
{
    /// <summary>Every shift counts, also those right after a key or a click, which the usual sum leaves out.</summary>
    private const string Watch =
        """
        (() => {
          const seen = window.seen = { shifts: [], lost: [] };
          const phase = () => document.querySelector('arena-booth')?.dataset.phase ?? 'loading';
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const nodes = entry.sources.map((source) => source.node?.nodeName + '.' + (source.node?.className ?? ''));
              seen.shifts.push({ value: entry.value, what: phase() + ': ' + nodes.join(' ') });
            }
          }).observe({ type: 'layout-shift', buffered: true });
          let held = false;
          const look = () => {
            const active = document.activeElement;
            if (active && active !== document.body) { held = true; }
            else if (held) { seen.lost.push(phase()); held = false; }
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })();
        """;

    private Booth(IPage page) => Page = page;

    public IPage Page { get; }

    public ILocator Slots => Page.Locator(".slot");

    public ILocator Receipt => Page.Locator("[data-receipt]");

    /// <summary>What a screen reader was told last.</summary>
    public ILocator Says => Page.Locator("[data-says]");

    /// <summary>Opens the page of an arena as a visitor of its own, or as whoever is signed in.</summary>
    public static async Task<Booth> OpenAsync(VotingArena voting, string arena, int width = 1440, bool calm = false, string? signedIn = null)
    {
        var page = await voting.Browser.OpenAsync(signedIn: signedIn);
        await page.SetViewportSizeAsync(width, 900);
        if (calm)
        {
            await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        }

        await page.AddInitScriptAsync(Watch);
        var booth = new Booth(page);
        await page.GotoAsync(voting.Address("/arenas/" + arena));
        await booth.WaitAsync("judging");
        return booth;
    }

    public Task WaitAsync(string phase) => Page.Locator($"arena-booth[data-ready][data-phase={phase}]").WaitForAsync();

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public ILocator Act(string name) => Page.Locator($"[data-act={name}]");

    /// <summary>Sends a ballot with nothing but a click.</summary>
    public async Task SkipAsync()
    {
        await Act("skip").ClickAsync();
        await WaitAsync("revealed");
    }

    /// <summary>Fails where the focus has been lost, the page has moved by itself, or slots differ in size.</summary>
    public async Task AssertCalmAsync()
    {
        using var seen = JsonDocument.Parse(await Page.EvaluateAsync<string>("JSON.stringify(seen)"));
        var shifts = seen.RootElement.GetProperty("shifts").EnumerateArray().ToList();
        Assert.True(
            shifts.Sum(shift => shift.GetProperty("value").GetDouble()) < 0.02,
            "The page moved: " + string.Join("; ", shifts.Select(shift => shift.GetProperty("value").GetDouble().ToString("F4", CultureInfo.InvariantCulture) + " " + shift.GetProperty("what").GetString())));
        Assert.Empty(seen.RootElement.GetProperty("lost").EnumerateArray().Select(lost => "The focus was lost while " + lost.GetString()));
        var sizes = await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.slot')].map((slot) => { const a = slot.getBoundingClientRect(), b = slot.querySelector('.output').getBoundingClientRect(); return [a.width, a.height, b.width, b.height].map(Math.round).join('x'); })");
        Assert.NotEmpty(sizes);
        Assert.Single(sizes.Distinct(StringComparer.Ordinal));
    }

    public Task AssertFitsAsync() => Looks.AssertFitsAsync(Page, "The page");

    public Task LookAsync(string name) => Looks.AtAsync(Page, name);

    /// <summary>The text of what has the focus.</summary>
    public Task<string> FocusedAsync() => Page.EvaluateAsync<string>("document.activeElement.textContent");

    public Task<bool> HasFocusAsync() => Page.EvaluateAsync<bool>("document.activeElement !== null && document.activeElement !== document.body");

    /// <summary>Fails with what axe found, in the colours of one scheme.</summary>
    public static async Task AssertAccessibleAsync(IPage page, string what)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            // reduced motion: nothing is half faded when its contrast is measured
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var axe = await page.RunAxe();
            var found = axe.Violations.Select(violation => $"{what}, {scheme}: {violation.Help}: {string.Join(" ", violation.Nodes.Select(node => node.Html))}");
            Assert.True(axe.Violations.Length == 0, string.Join('\n', found)); // in full, which Assert.Empty cuts
        }
    }
}
