using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Support;

/// <summary>How a page looks: pictures at three widths, light and dark, for people; and what axe finds, which must be nothing.</summary>
internal static class Looks
{
    public static async Task AtAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in new[] { 1440, 768, 390 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.EvaluateAsync("scrollTo(0, 0)");
                await Chromium.ShootAsync(page, FormattableString.Invariant($"{name}-{width}-{scheme}").ToLowerInvariant());
                await AssertFitsAsync(page, name);
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
        await Booth.AssertAccessibleAsync(page, name);
    }

    public static async Task AssertFitsAsync(IPage page, string name)
    {
        var room = page.ViewportSize!.Width;
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, FormattableString.Invariant($"{name} is wider than {room} px"));
    }
}
