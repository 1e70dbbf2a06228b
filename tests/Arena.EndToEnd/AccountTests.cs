using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>Accounts, as people make, use and delete them.</summary>
[Collection(QuietArena.Collection)]
public sealed class AccountTests(QuietArena quiet)
{
    private const string OldPassword = "green lamps hum softly";
    private const string NewPassword = "nine blue kites fall";

    [Fact]
    public async Task FirstAdministratorLink_SecondUse_IsRefusedAndNeverLogged()
    {
        var link = await quiet.Arena.FirstAdministratorLinkAsync();
        var page = await quiet.Browser.OpenAsync();
        await FirstAdministrator.SubmitAsync(page, link, "second@example.org");

        await ExpectAsync(page, "This code is wrong, used or too old.");
        Assert.Equal("/account/first-administrator", new Uri(page.Url).AbsolutePath);
        Assert.Empty(new Uri(page.Url).Fragment); // the secret does not stay in the address
        var secret = link.Fragment.TrimStart('#');
        Assert.True(secret.Length >= 40, "The secret is short");
        Assert.Equal(link.AbsoluteUri, Assert.Single(quiet.Arena.Log.Split('\n'), line => line.Contains(secret, StringComparison.Ordinal)).Trim());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Member_FromRegistrationToDeletion_FindsTheirWay()
    {
        const string email = "member@example.org";
        var member = await quiet.Browser.OpenAsync();
        await RegisterAsync(member, email);
        await member.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).WaitForAsync();
        await SignOutAsync(member);

        await SignInAsync(member, email, "a wrong password");
        await ExpectAsync(member, "E-mail or password is wrong, or the account is locked.");
        await SignInAsync(member, email, OldPassword);
        await member.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).WaitForAsync();
        Assert.Equal(0, await member.GetByRole(AriaRole.Link, new() { Name = "Administration" }).CountAsync());
        Assert.Equal(403, (await member.GotoAsync(Address("/admin/workers")))!.Status);

        var administrator = await quiet.Browser.OpenAsync(signedIn: quiet.Administrator);
        await administrator.GotoAsync(Address("/admin/accounts"));
        await administrator.Locator("[data-interactive=yes]").WaitForAsync();
        var box = administrator.GetByLabel(email + ": maintainer");
        await box.CheckAsync();
        await administrator.GetByText(email + " is maintainer.").WaitForAsync(); // a reload would call off what is still under way
        await administrator.ReloadAsync();
        await administrator.Locator("[data-interactive=yes]").WaitForAsync();
        Assert.True(await box.IsCheckedAsync(), "The role was not kept");
        await SignOutAsync(member);
        await SignInAsync(member, email, OldPassword);
        await member.GetByRole(AriaRole.Link, new() { Name = "Administration" }).WaitForAsync();
        Assert.Equal(200, (await member.GotoAsync(Address("/admin/workers")))!.Status);
        Assert.Equal(403, (await member.GotoAsync(Address("/admin/accounts")))!.Status);

        await administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = email }).GetByRole(AriaRole.Button, new() { Name = "Password link" }).ClickAsync();
        var link = await administrator.Locator("[data-reset-link]").InnerTextAsync();
        var reset = await quiet.Browser.OpenAsync();
        await ResetAsync(reset, link);
        await ExpectAsync(reset, "Your password is set. Sign in with it.");
        await ResetAsync(reset, link);
        await ExpectAsync(reset, "This code is wrong, used or older than 24 hours.");
        await SignInAsync(reset, email, OldPassword);
        await ExpectAsync(reset, "E-mail or password is wrong");
        await SignInAsync(reset, email, NewPassword);
        await reset.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).WaitForAsync();

        await reset.GotoAsync(Address("/account/data"));
        await reset.GetByLabel("Password", new() { Exact = true }).FillAsync(NewPassword);
        await reset.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await ExpectAsync(reset, "Your account is deleted.");
        await SignInAsync(reset, email, NewPassword);
        await ExpectAsync(reset, "E-mail or password is wrong");
        await administrator.ReloadAsync();
        await administrator.Locator("[data-interactive=yes]").WaitForAsync();
        await administrator.GetByText(FirstAdministrator.Email).First.WaitForAsync();
        Assert.Equal(0, await administrator.GetByText(email, new() { Exact = true }).CountAsync());

        foreach (var page in new[] { member, administrator, reset })
        {
            Assert.DoesNotContain(quiet.Browser.ProblemsOf(page), problem => !problem.Contains("403", StringComparison.Ordinal));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task AdministratorsPage_Stranger_IsSentToSignInAndBack()
    {
        var page = await quiet.Browser.OpenAsync();
        await page.GotoAsync(Address("/admin/workers"));
        Assert.Equal("/account/login", new Uri(page.Url).AbsolutePath);
        await FillAsync(page, FirstAdministrator.Email, FirstAdministrator.Password);
        await page.WaitForURLAsync("**/admin/workers");
        Assert.Equal("Workers", await page.Locator("main h1").InnerTextAsync());
        await page.Context.CloseAsync();
    }

    private string Address(string path) => new Uri(quiet.Arena.Address, path).AbsoluteUri;

    private async Task RegisterAsync(IPage page, string email)
    {
        await page.GotoAsync(Address("/account/register"));
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(OldPassword);
        await page.GetByLabel("The same again").FillAsync(OldPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
    }

    private async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync(Address("/account/login"));
        await FillAsync(page, email, password);
    }

    private static async Task FillAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync(Address("/account/logout"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync();
    }

    private static async Task ResetAsync(IPage page, string link)
    {
        await page.GotoAsync("about:blank"); // the same address with another # would load nothing
        await page.GotoAsync(link);
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByLabel("The same again").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
    }

    private static Task ExpectAsync(IPage page, string text) => page.Locator(".notice", new() { HasText = text }).WaitForAsync();
}
