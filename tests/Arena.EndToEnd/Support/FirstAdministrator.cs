using Microsoft.Playwright;

namespace Arena.EndToEnd.Support;

/// <summary>The administrator of a test's Arena, made as a person does it: by the link on the console.</summary>
internal static class FirstAdministrator
{
    public const string Email = "first.administrator@example.org";

    public const string Password = "seven calm otters row";

    /// <returns>The stored state of a browser in which the administrator is signed in.</returns>
    public static async Task<string> BecomeAsync(ArenaProcess arena, Chromium browser)
    {
        var page = await browser.OpenAsync();
        await SubmitAsync(page, await arena.FirstAdministratorLinkAsync(), Email);
        await page.WaitForURLAsync("**/admin");
        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }

    public static async Task SubmitAsync(IPage page, Uri link, string email)
    {
        await page.GotoAsync(link.AbsoluteUri);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
    }
}
