using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>Numbers as a person reads them.</summary>
internal static class NumberText
{
    /// <summary>Ratings that differ by less than this share of the largest are equal but for rounding.</summary>
    public const double Rounding = 1e-12;

    /// <summary>Decimals at which intervals show two digits, or, where there are none, at which ratings differ.</summary>
    public static int Decimals(IReadOnlyList<Standing> entries)
    {
        double[] widths = [.. entries.Select(e => (e.High - e.Low) / 2).Where(w => double.IsFinite(w) && w > 0).Order()];
        double[] ratings = [.. entries.Select(e => e.Rating).Where(double.IsFinite)];
        double most = ratings.Select(Math.Abs).DefaultIfEmpty().Max(), range = ratings.Length > 0 ? ratings.Max() - ratings.Min() : 0;
        double scale = widths.Length > 0 ? widths[widths.Length / 2] : range > Rounding * most ? range / 10 : most / 100;
        return scale > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(scale)), 0, 6) : 1;
    }

    public static string Rating(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : "–";

    /// <summary>"± 12", "+12 −9" where the two sides differ, nothing where there is no interval.</summary>
    public static string Interval(Standing entry, int decimals)
    {
        double up = entry.High - entry.Rating, down = entry.Rating - entry.Low;
        if (!double.IsFinite(up) || !double.IsFinite(down))
        {
            return "";
        }

        string above = Rating(up, decimals), below = Rating(down, decimals);
        return string.Equals(above, below, StringComparison.Ordinal) ? $"± {above}" : $"+{above} −{below}";
    }

    public static string Ranks(Standing entry) => entry.RankLow == entry.RankHigh
        ? entry.RankLow.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{entry.RankLow}–{entry.RankHigh}");

    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
