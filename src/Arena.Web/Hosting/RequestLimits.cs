using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Arena.Web.Hosting;

/// <summary>
/// How often one address may ask. <c>Arena:RateLimits:RequestsPerMinute</c> (default 3000) holds for everything but static assets;
/// <c>Arena:RateLimits:SignInsPerMinute</c> (default 10) for every form that takes a password or a one-time code.
/// </summary>
internal static class RequestLimits
{
    /// <summary>The policy of the forms that take a password or a one-time code.</summary>
    public const string SignIn = "sign-in";

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        var requests = builder.Configuration.GetValue("Arena:RateLimits:RequestsPerMinute", defaultValue: 3000);
        var signIns = builder.Configuration.GetValue("Arena:RateLimits:SignInsPerMinute", defaultValue: 10);
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            // workers have limits of their own (WorkerLimits), which a busy page must not use up
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path.StartsWithSegments("/worker", StringComparison.OrdinalIgnoreCase)
                ? RateLimitPartition.GetNoLimiter("worker")
                : RateLimitPartition.GetSlidingWindowLimiter(ClientOf(context.Connection.RemoteIpAddress), _ => Window(requests)));
            options.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetSlidingWindowLimiter(ClientOf(context.Connection.RemoteIpAddress), _ => Window(signIns))
                : RateLimitPartition.GetNoLimiter("read"));
        });
    }

    /// <summary>An IPv4 address, or the /64 of an IPv6 address: one household or one machine, which may use any address of it.</summary>
    internal static string ClientOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static SlidingWindowRateLimiterOptions Window(int permits) => new()
    {
        PermitLimit = permits,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 6,
        QueueLimit = 0,
    };
}
