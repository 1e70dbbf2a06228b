using System.Globalization;

namespace Arena.Ranking.Benchmarks.Plots;

/// <summary>An axis: from data to [0, 1], and where its ticks stand.</summary>
/// <param name="Label">What it shows, with the unit.</param>
/// <param name="Logarithmic">Powers of ten at equal distances.</param>
/// <param name="From">Where it begins; null is by the data.</param>
/// <param name="To">Where it ends; null is by the data.</param>
internal sealed record PlotAxis(string Label, bool Logarithmic = false, double? From = null, double? To = null)
{
    public bool Shows(double value) => double.IsFinite(value) && (!Logarithmic || value > 0);

    /// <summary>The axis with its ends fixed so that all values are on it.</summary>
    public PlotAxis Around(IEnumerable<double> values)
    {
        double[] shown = [.. values.Where(Shows)];
        double low = From ?? (shown.Length == 0 ? Logarithmic ? 1 : 0 : shown.Min());
        double high = To ?? (shown.Length == 0 ? 1 : shown.Max());
        if (Logarithmic)
        {
            low = From ?? Math.Pow(10, Math.Floor(Math.Log10(low) + 1e-9));
            high = To ?? Math.Pow(10, Math.Ceiling(Math.Log10(high) - 1e-9));
            return this with { From = low, To = high > low ? high : low * 10 };
        }

        if (high <= low)
        {
            (low, high) = (From ?? low - 0.5, To ?? low + 0.5);
        }

        double step = Step(low, high);
        return this with { From = From ?? Math.Floor(low / step + 1e-9) * step, To = To ?? Math.Ceiling(high / step - 1e-9) * step };
    }

    /// <summary>0 at the beginning, 1 at the end.</summary>
    public double Place(double value)
    {
        (double low, double high) = (From ?? 0, To ?? 1);
        return Logarithmic
            ? (Math.Log10(value) - Math.Log10(low)) / (Math.Log10(high) - Math.Log10(low))
            : (value - low) / (high - low);
    }

    public IEnumerable<(double Value, string Text)> Ticks()
    {
        (double low, double high) = (From ?? 0, To ?? 1);
        if (Logarithmic)
        {
            int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
            int each = Math.Max(1, (last - first + 6) / 7);
            for (int power = first; power <= last; power += each)
            {
                yield return (Math.Pow(10, power), Text(Math.Pow(10, power)));
            }

            yield break;
        }

        double step = Step(low, high);
        for (double k = Math.Ceiling(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
        {
            yield return (k * step, Text(k * step));
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, for four to eight ticks.</summary>
    private static double Step(double low, double high)
    {
        double rough = (high - low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
    }

    private static string Text(double value) => Math.Abs(value) switch
    {
        < 1e-12 => "0",
        >= 1e5 or < 1e-3 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0.####", CultureInfo.InvariantCulture),
    };
}
