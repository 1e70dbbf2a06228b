using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Arena.Web.Caching;

internal static class PublicPages
{
    public static void AddPublicPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PublicPageCache>();
        services.Replace(ServiceDescriptor.Scoped<AntiforgeryStateProvider, FormTokens>());
        services.AddOutputCache(options => options.AddBasePolicy(policy => policy.AddPolicy<PublicPagePolicy>(), excludeDefaultPolicy: true));
    }
}
