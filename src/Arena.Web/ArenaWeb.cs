using Arena.Web.Accounts;
using Arena.Web.Api;
using Arena.Web.Caching;
using Arena.Web.Components;
using Arena.Web.Health;
using Arena.Web.Hosting;
using Arena.Web.Live;
using Arena.Web.Security;
using Arena.Web.Voting;

namespace Arena.Web;

/// <summary>The web part of the host: what a browser or a reader of the JSON API sees. The database and the use cases are registered elsewhere.</summary>
public static class ArenaWeb
{
    /// <param name="builder">The host.</param>
    /// <param name="keysFolder">Where the DataProtection keys are kept: cookies and reset links stay valid over a restart.</param>
    public static WebApplicationBuilder AddArenaWeb(this WebApplicationBuilder builder, string keysFolder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddDefaults();
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.WebHost.UseStaticWebAssets(); // else a build that runs outside Development serves every asset as 200 with 0 bytes
        builder.AddArenaLogging();
        builder.AddTrustedProxies();
        builder.AddRequestLimits();
        builder.Services.AddErrorPages();
        builder.Services.AddArenaHealth();
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(180));
        builder.AddAccountPages(keysFolder);
        builder.Services.AddNotices();
        builder.Services.AddVotingPages();
        builder.Services.AddOpenApiDocument();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddPublicPages(); // after the components: it replaces their provider of antiforgery tokens
        return builder;
    }

    /// <summary>The middleware, in the order that it needs.</summary>
    public static WebApplication UseArenaWeb(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseForwardedHeaders();
        app.UseHeadRequests();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseHsts();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseOutputCache();
        app.UseAntiforgery();
        return app;
    }

    public static WebApplication MapArenaWeb(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStaticAssets().DisableRateLimiting();
        app.MapArenaHealth();
        app.MapLeaderboardsApi();
        app.MapVotingApi();
        app.MapOpenApiDocument();
        app.MapNotices();
        app.MapVoting();
        app.MapEvidence();
        app.MapAccountEndpoints();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null); // SecurityHeaders says it
        return app;
    }
}
