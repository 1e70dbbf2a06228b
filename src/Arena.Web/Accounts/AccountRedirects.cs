using Microsoft.AspNetCore.Components;

namespace Arena.Web.Accounts;

/// <summary>Redirects within this site, with a message for the next page.</summary>
internal sealed class AccountRedirects(NavigationManager navigation)
{
    public const string MessageCookie = "arena-message";

    private static readonly CookieBuilder Builder = new()
    {
        SameSite = SameSiteMode.Strict,
        HttpOnly = true,
        IsEssential = true,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
        MaxAge = TimeSpan.FromSeconds(10),
    };

    /// <summary>Goes there if it is a path of this site, else to the start page: a sign-in must not lead to a stranger's page.</summary>
    public void To(string? path) => navigation.NavigateTo(IsLocal(path) ? path! : "/");

    public void To(string path, string message, HttpContext context)
    {
        context.Response.Cookies.Append(MessageCookie, message, Builder.Build(context));
        navigation.NavigateTo(path);
    }

    /// <summary>Starts with one slash, and neither a second slash nor a backslash makes it another site's address.</summary>
    internal static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.IsWellFormedUriString(path, UriKind.Relative);
}
