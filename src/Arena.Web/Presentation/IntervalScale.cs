using Arena.Application.Leaderboards;

namespace Arena.Web.Presentation;

/// <summary>
/// One scale for all the interval bars of a table, with round marks. A few rows far from all others (a baseline that knows nothing, say)
/// are left off it: with them the bars of the rest would be dots.
/// </summary>
public sealed class IntervalScale
{
    private IntervalScale(double low, double high, IReadOnlyList<double> marks)
    {
        Low = low;
        High = high;
        Marks = marks;
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>Round values within the scale, ascending.</summary>
    public IReadOnlyList<double> Marks { get; }

    /// <summary>
    /// A scale with a little room on both sides. It holds every interval, unless leaving off the farthest one more than halves it;
    /// at most a fifth of the rows is left off.
    /// </summary>
    public static IntervalScale Of(IEnumerable<(double Low, double High)> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        var finite = intervals.Where(each => double.IsFinite(each.Low) && double.IsFinite(each.High)).ToList();
        for (var spare = finite.Count / 5; spare > 0 && WithoutFarthest(finite) is { } rest; spare--)
        {
            finite = rest;
        }

        var low = finite.Count == 0 ? 0 : finite.Min(each => each.Low);
        var high = finite.Count == 0 ? 1 : finite.Max(each => each.High);
        var span = high > low ? high - low : Math.Max(Math.Abs(high), 1) * 0.1;
        low -= 0.04 * span;
        high += 0.04 * span;
        var step = Step((high - low) / 3);
        var marks = new List<double>();
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            marks.Add(i * step);
        }

        return new IntervalScale(low, high, marks);
    }

    /// <summary>A scale for rows; one without an interval brings its rating.</summary>
    public static IntervalScale Of(IEnumerable<Standing> standings) =>
        Of(standings.Select(row => double.IsFinite(row.Low) && double.IsFinite(row.High) ? (row.Low, row.High) : (row.Rating, row.Rating)));

    /// <summary>Where a value stands, in percent of the width; a value outside is put on the edge.</summary>
    public double Position(double value) => double.IsFinite(value) ? Math.Clamp(100 * (value - Low) / (High - Low), 0, 100) : 0;

    /// <summary>Whether the value lies left (−1) or right (1) of the scale, or on it (0).</summary>
    public int SideOf(double value) => value < Low ? -1 : value > High ? 1 : 0;

    private static List<(double Low, double High)>? WithoutFarthest(List<(double Low, double High)> intervals)
    {
        static double Span(List<(double Low, double High)> all) => all.Max(each => each.High) - all.Min(each => each.Low);

        List<(double Low, double High)> withoutLowest = [.. intervals.OrderBy(each => each.Low).Skip(1)];
        List<(double Low, double High)> withoutHighest = [.. intervals.OrderByDescending(each => each.High).Skip(1)];
        var rest = Span(withoutLowest) < Span(withoutHighest) ? withoutLowest : withoutHighest;
        return Span(rest) < Span(intervals) / 2 ? rest : null;
    }

    // 1, 2 or 5 times a power of ten
    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }
}
