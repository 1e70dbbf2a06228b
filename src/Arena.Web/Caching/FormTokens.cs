using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Forms;

namespace Arena.Web.Caching;

/// <summary>
/// Antiforgery tokens only where a form asks for one. The framework's own provider puts a token and its cookie on every page,
/// and a page with somebody's cookie or token must not be kept for others.
/// </summary>
internal sealed class FormTokens(IAntiforgery antiforgery, IHttpContextAccessor http) : AntiforgeryStateProvider
{
    /// <returns>Null on public pages, which have no forms, and in circuits, where nothing is posted.</returns>
    public override AntiforgeryRequestToken? GetAntiforgeryToken()
    {
        if (http.HttpContext is not { WebSockets.IsWebSocketRequest: false } context || context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is not null)
        {
            return null;
        }

        var tokens = context.Response.HasStarted ? antiforgery.GetTokens(context) : antiforgery.GetAndStoreTokens(context);
        return tokens.RequestToken is { } token ? new AntiforgeryRequestToken(token, tokens.FormFieldName) : null;
    }
}
