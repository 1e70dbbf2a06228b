using System.Globalization;

namespace Arena.Web.Presentation;

/// <summary>A ranking method's name and its numbers, as people read them.</summary>
internal static class MethodText
{
    public const string Mean = "mean";

    public const string BradleyTerry = "bradley-terry";

    public const string PlackettLuce = "plackett-luce";

    public const string Online = "trueskill";

    /// <summary>Metrics that go by their initials.</summary>
    private static readonly string[] Initials = ["psnr", "ssim"];

    private static readonly string[] Shares = ["accuracy", "top-1", "top-5", "exact-match", "f1", "macro-f1", "recall", "precision", "pass-rate"];

    public static string Title(string method, string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return method switch
        {
            Mean => "Mean " + Metric(metric),
            BradleyTerry => "Bradley–Terry",
            PlackettLuce => "Plackett–Luce",
            Online => "Online (TrueSkill)",
            _ => method,
        };
    }

    /// <summary>A metric's name within a sentence.</summary>
    public static string Metric(string metric) => Initials.Contains(metric, StringComparer.OrdinalIgnoreCase) ? metric.ToUpperInvariant() : metric;

    /// <summary>The heading of the rating column.</summary>
    public static string Column(string method, string metric)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        return string.Equals(method, Mean, StringComparison.Ordinal) ? char.ToUpperInvariant(metric[0]) + Metric(metric)[1..] : "Rating";
    }

    /// <summary>A share as <c>96.9 %</c>, a rating as <c>1042</c>, decibels as <c>24.10 dB</c>, anything else with four significant digits.</summary>
    public static string Value(string method, string metric, double value) => Number(method, metric, value) + (IsShare(method, metric) ? " %" : IsDecibels(method, metric) ? " dB" : "");

    /// <summary><c>95.6 – 97.9</c>, in the unit of <see cref="Value"/>.</summary>
    public static string Interval(string method, string metric, double low, double high) => Number(method, metric, low) + " – " + Number(method, metric, high);

    /// <summary>A round value on a scale: <c>85 %</c>, <c>1050</c>.</summary>
    public static string Mark(string method, string metric, double value) => IsShare(method, metric)
        ? (100 * value).ToString("0.##", CultureInfo.InvariantCulture) + " %"
        : value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Number(string method, string metric, double value)
    {
        if (!string.Equals(method, Mean, StringComparison.Ordinal))
        {
            // the online scale is about 25 points wide, the others several hundred
            return value.ToString(string.Equals(method, Online, StringComparison.Ordinal) ? "0.00" : "0", CultureInfo.InvariantCulture);
        }

        return IsShare(method, metric) ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture)
            : value.ToString(IsDecibels(method, metric) ? "0.00" : "G4", CultureInfo.InvariantCulture);
    }

    private static bool IsDecibels(string method, string metric) =>
        string.Equals(method, Mean, StringComparison.Ordinal) && string.Equals(metric, "psnr", StringComparison.OrdinalIgnoreCase);

    private static bool IsShare(string method, string metric) =>
        string.Equals(method, Mean, StringComparison.Ordinal) && Shares.Contains(metric, StringComparer.OrdinalIgnoreCase);
}
