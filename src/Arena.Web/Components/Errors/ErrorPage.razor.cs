using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Errors;

/// <summary>What a person sees when a page cannot be shown. Reached by re-execution, and for a missing page by the router.</summary>
public sealed partial class ErrorPage
{
    [Parameter]
    public int? Code { get; set; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    private int Shown => Code is >= 400 and <= 599 ? Code.Value : StatusCodes.Status404NotFound;

    private string Title => Shown switch
    {
        400 => "That request made no sense to us",
        401 => "Please sign in first",
        403 => "This is not for you to see",
        404 => "There is nothing here",
        405 => "That cannot be done here",
        429 => "Too many requests",
        503 => "Arena is not ready",
        >= 500 => "Something broke on our side",
        _ => "That did not work",
    };

    private string Advice => Shown switch
    {
        400 => "Perhaps the form was open for too long. Go back, load the page again and repeat it.",
        401 => "This page needs an account.",
        403 => "Your account may not open this page. An administrator gives roles.",
        404 => "The address may be mistyped, or what was here has been removed.",
        405 => "The page exists, but not for what was asked of it.",
        429 => "Your address has asked more often than is allowed. Wait a minute, then try again.",
        503 => "It is starting, or its database does not answer. Try again in a few seconds.",
        >= 500 => "It is written to the log. Try again; if it stays, tell whoever runs this server.",
        _ => "Go back and try again.",
    };

    // opened directly, the address of an error page must not say that all is well
    protected override void OnInitialized()
    {
        if (Context is { Response: { HasStarted: false, StatusCode: StatusCodes.Status200OK } response })
        {
            response.StatusCode = Shown;
        }
    }
}
