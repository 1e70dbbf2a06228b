using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Arena.Web.Hosting;

/// <summary>
/// Which reverse proxies may say who the client is. <c>Arena:TrustedProxies</c> holds addresses and networks
/// (<c>10.0.0.5</c>, <c>10.0.0.0/8</c>), as a list or separated by commas. Default: none, and then forwarded headers are ignored.
/// </summary>
internal static class TrustedProxies
{
    private static readonly char[] Separators = [',', ';', ' '];

    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var (addresses, networks) = Parse(Read(builder.Configuration));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // the framework trusts loopback unless told otherwise: on a shared machine anybody is loopback
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var address in addresses)
            {
                options.KnownProxies.Add(address);
            }

            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(network);
            }

            // with no proxy and no network known the middleware would trust everybody
            options.ForwardedHeaders = addresses.Count + networks.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        });
    }

    /// <exception cref="InvalidOperationException">One of them is neither an address nor a network.</exception>
    internal static (IReadOnlyList<IPAddress> Addresses, IReadOnlyList<IPNetwork> Networks) Parse(IEnumerable<string> values)
    {
        var addresses = new List<IPAddress>();
        var networks = new List<IPNetwork>();
        foreach (var value in values)
        {
            if (IPAddress.TryParse(value, out var address))
            {
                addresses.Add(address);
            }
            else if (IPNetwork.TryParse(value, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"Arena:TrustedProxies holds '{value}', which is neither an address nor a network. Write for example 10.0.0.5 or 10.0.0.0/8.");
            }
        }

        return (addresses, networks);
    }

    private static IEnumerable<string> Read(ConfigurationManager configuration)
    {
        var section = configuration.GetSection("Arena:TrustedProxies");
        var values = section.GetChildren().Select(child => child.Value).Append(section.Value);
        return values.Where(value => value is not null).SelectMany(value => value!.Split(Separators, StringSplitOptions.RemoveEmptyEntries));
    }
}
