using Microsoft.AspNetCore.OutputCaching;

namespace Arena.Web.Caching;

/// <summary>Keeps answers of endpoints that carry <see cref="PublicPageAttribute"/>, for anonymous visitors only.</summary>
internal sealed class PublicPagePolicy(PublicPageCache cache) : IOutputCachePolicy
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var page = http.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>();
        if (page is null || !IsAnonymousRead(http))
        {
            context.EnableOutputCaching = false;
            return ValueTask.CompletedTask;
        }

        var tags = page.Tags.Select(tag => Fill(tag, http.Request.RouteValues)).ToArray();
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = true;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Longest;
        context.CacheVaryByRules.QueryKeys = page.QueryKeys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // an answer to enhanced navigation says so in a header
        context.CacheVaryByRules.VaryByValues["navigation"] = http.Request.Headers.Accept.ToString().Contains("blazor-enhanced-nav", StringComparison.Ordinal) ? "enhanced" : "plain";
        context.Tags.Add(PublicPageCache.Everything);
        foreach (var tag in tags)
        {
            context.Tags.Add(tag);
        }

        http.Features.Set(new Rendering(tags, [.. tags.Select(cache.StampOf)]));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var unchanged = http.Features.Get<Rendering>() is { } rendering && rendering.Tags.Select(cache.StampOf).SequenceEqual(rendering.Stamps, StringComparer.Ordinal);
        context.AllowCacheStorage = unchanged && http.Response.StatusCode == StatusCodes.Status200OK && http.Response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }

    private static bool IsAnonymousRead(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && http.User.Identity?.IsAuthenticated != true
        && http.Request.Headers.Authorization.Count == 0;

    private static string Fill(string tag, RouteValueDictionary values)
    {
        foreach (var (key, value) in values)
        {
            // a page's template says {Slug}, an endpoint's {slug}
            tag = tag.Replace("{" + key + "}", value?.ToString()?.ToLowerInvariant(), StringComparison.OrdinalIgnoreCase);
        }

        // a tag that nothing evicts would keep the page for a minute whatever happens
        return tag.Contains('{', StringComparison.Ordinal) ? throw new InvalidOperationException($"The tag '{tag}' of a public page names no route value.") : tag;
    }

    /// <summary>The stamps of its tags when the rendering began.</summary>
    private sealed record Rendering(string[] Tags, string[] Stamps);
}
