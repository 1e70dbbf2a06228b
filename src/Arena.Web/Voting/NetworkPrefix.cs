using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Arena.Web.Voting;

/// <summary>The part of an address that is looked at, and no more: /24 of IPv4, /48 of IPv6.</summary>
internal static class NetworkPrefix
{
    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes.Length == 4
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24")
            : Convert.ToHexStringLower(bytes.AsSpan(0, 6)) + "::/48";
    }
}
