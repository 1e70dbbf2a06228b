using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Arena.EndToEnd.Support;

/// <summary>Debian's Chromium, driven by Playwright, and everything that went wrong in its pages.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly ConditionalWeakTable<IPage, ConcurrentQueue<string>> problems = [];

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ARENA_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>A page of a visitor of its own: no cookies but those of <paramref name="signedIn"/> (a stored state).</summary>
    public async Task<IPage> OpenAsync(bool javaScript = true, string? signedIn = null)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = ColorScheme.Light, JavaScriptEnabled = javaScript, StorageState = signedIn });
        var page = await context.NewPageAsync();
        var list = problems.GetOrCreateValue(page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                list.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => list.Enqueue(error);
        page.RequestFailed += (_, request) =>
        {
            // Blazor lets go of an enhanced navigation's answer as soon as it has all of it, which now and then counts as aborted
            if (request.Timing.ResponseEnd < 0 || !request.Headers.GetValueOrDefault("accept", "").Contains("blazor-enhanced-nav", StringComparison.Ordinal))
            {
                list.Enqueue($"{request.Failure} {request.Url}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                list.Enqueue($"{response.Status} {response.Url}");
            }
        };
        return page;
    }

    /// <summary>Console errors and warnings, script errors and failed requests of a page, so far.</summary>
    public IReadOnlyList<string> ProblemsOf(IPage page) => problems.TryGetValue(page, out var list) ? [.. list] : [];

    /// <summary>For people to look at: artifacts/screenshots/NAME.png, where ARENA_SCREENSHOTS is set. They take longer than the tests around them.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ARENA_SCREENSHOTS") is not { Length: > 0 })
        {
            return;
        }

        var folder = Path.Combine(Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
