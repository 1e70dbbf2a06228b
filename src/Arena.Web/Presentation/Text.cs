using System.Globalization;

namespace Arena.Web.Presentation;

/// <summary>Numbers and names as people read them, the same in every culture.</summary>
internal static class Text
{
    /// <summary><c>1,797</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 sample</c>, <c>899 samples</c>.</summary>
    public static string Count(long value, string singular, string? plural = null) => Count(value) + " " + (value == 1 ? singular : plural ?? singular + "s");

    /// <summary><c>41 KB</c>; decimal units.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Count(bytes, "byte"),
        < 1_000_000 => (bytes / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " KB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
    };

    /// <summary><c>9.1 K</c>, for counts where the exact figure does not matter.</summary>
    public static string Short(long value) => value switch
    {
        < 10_000 => Count(value),
        < 1_000_000 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " K",
        < 1_000_000_000 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        _ => (value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + " B",
    };

    /// <summary><c>43 %</c>; 100 % only when all is done, and 0 % only when nothing is.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0)
        {
            return "0 %";
        }

        var percent = (int)Math.Round(100.0 * part / whole);
        percent = part < whole ? Math.Min(percent, 99) : percent;
        percent = part > 0 ? Math.Max(percent, 1) : percent;
        return percent.ToString(CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A kind of entry, for people.</summary>
    public static string Kind(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "ONNXMODEL" => "ONNX model",
            "ROUTERPOLICY" => "Router policy",
            "PREDICTIONS" => "Recorded predictions",
            "GAMEAGENT" => "Game agent",
            _ => kind,
        };
    }

    /// <summary>The beginning of a long hash.</summary>
    public static string Digest(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return hash.Length <= 12 ? hash : hash[..12];
    }

    /// <summary>A number for an SVG attribute.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
