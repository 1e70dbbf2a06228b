using System.Globalization;

namespace Arena.Web.Hosting;

/// <summary>Checks where to listen before anything is started.</summary>
internal static class ListenAddresses
{
    /// <exception cref="ListenAddressException">One of them is not an address to listen on.</exception>
    public static void Check(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "http://+:80" is an address for the server and none for Uri
            var probe = url.Replace("//+", "//any", StringComparison.Ordinal).Replace("//*", "//any", StringComparison.Ordinal);
            var end = probe.LastIndexOf(':');
            var port = end > "https:".Length ? probe[(end + 1)..].TrimEnd('/') : "";
            if (!probe.StartsWith("http://", StringComparison.Ordinal) && !probe.StartsWith("https://", StringComparison.Ordinal))
            {
                throw new ListenAddressException($"'{url}' is not an address to listen on. Give one like http://localhost:5080.");
            }

            if (port.Length > 0 && !port.EndsWith(']') && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535))
            {
                throw new ListenAddressException($"'{port}' in '{url}' is not a port. Give a number from 1 to 65535 (0 lets the system choose).");
            }
        }
    }
}

/// <summary>An address that nobody can listen on; the message says what to give instead.</summary>
internal sealed class ListenAddressException(string message) : Exception(message);
