using System.Threading.RateLimiting;
using Arena.Web.Hosting;
using Microsoft.AspNetCore.RateLimiting;

namespace Arena.Web.Workers;

/// <summary>How often workers at one address may ask. Heartbeats are counted apart, so that a flood of claims never starves them.</summary>
internal static class WorkerLimits
{
    /// <summary>Everything but heartbeats: 30,000 a minute.</summary>
    public const string Claims = "worker-claims";

    /// <summary>6,000 a minute.</summary>
    public const string Heartbeats = "worker-heartbeats";

    public static void AddWorkerLimits(this IServiceCollection services) => services.Configure<RateLimiterOptions>(options =>
    {
        options.AddPolicy(Claims, context => PerMinute(context, Claims, 30_000));
        options.AddPolicy(Heartbeats, context => PerMinute(context, Heartbeats, 6_000));
    });

    private static RateLimitPartition<string> PerMinute(HttpContext context, string policy, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(policy + RequestLimits.ClientOf(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}
