using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>What is wrong with this form, or what the page before has done.</summary>
public sealed partial class StatusMessage
{
    private string? message;

    [Parameter]
    public string? Problem { get; set; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override void OnInitialized()
    {
        message = Context?.Request.Cookies[AccountRedirects.MessageCookie];
        if (message is not null)
        {
            Context!.Response.Cookies.Delete(AccountRedirects.MessageCookie);
        }
    }
}
