namespace Arena.Ranking.Benchmarks.Plots;

/// <summary>How a series is drawn.</summary>
internal enum SeriesStyle
{
    /// <summary>A line with a mark at every point.</summary>
    LineAndPoints,

    Line,

    Points,
}

/// <summary>One series of points; those that are not finite, or not above 0 on a logarithmic axis, are left out and the line is broken there.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="Points">Points, in the order in which the line goes.</param>
/// <param name="Style">Line, points or both.</param>
internal sealed record PlotSeries(string Label, IReadOnlyList<(double X, double Y)> Points, SeriesStyle Style = SeriesStyle.LineAndPoints)
{
    /// <summary>Lower and upper end of an interval at every point, drawn as bars; null draws none.</summary>
    public IReadOnlyList<(double Low, double High)>? Bars { get; init; }
}
