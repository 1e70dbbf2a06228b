using System.Globalization;
using System.Net;
using System.Text;

namespace Arena.Ranking.Benchmarks.Plots;

/// <summary>
/// A plot of lines and points as an SVG file that stands alone. Colours are Okabe's and Ito's, apart for colour-blind
/// readers; a series is also told by its mark and dashes. It follows the reader's light or dark scheme on a ground of its own.
/// </summary>
/// <param name="Title">Stands above the plot.</param>
/// <param name="Description">Says in words what is to be seen: the alternative text.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
internal sealed record SvgPlot(string Title, string Description, PlotAxis X, PlotAxis Y)
{
    private const double Width = 760, Height = 440, Left = 78, Right = 200, Top = 44, Bottom = 58;

    // dark enough on white and light enough on black, in both schemes
    private static readonly string[] Light = ["#0072b2", "#c04a00", "#00795a", "#a3478b", "#8a6d00", "#2b7bb0", "#333333"];
    private static readonly string[] Dark = ["#56b4e9", "#f0803c", "#00c896", "#e59ac8", "#f0e442", "#8fc7ff", "#dddddd"];
    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 4"];

    /// <summary>What is drawn, in the order of the legend.</summary>
    public IReadOnlyList<PlotSeries> Series { get; init; } = [];

    /// <summary>Horizontal lines to hold the data against, such as a nominal level.</summary>
    public IReadOnlyList<(double Y, string Label)> Lines { get; init; } = [];

    public string ToSvg()
    {
        IEnumerable<(double X, double Y)> points = Series.SelectMany(s => s.Points);
        IEnumerable<double> bars = Series.SelectMany(s => s.Bars ?? []).SelectMany(b => (double[])[b.Low, b.High]);
        PlotAxis x = X.Around(points.Select(p => p.X));
        PlotAxis y = Y.Around([.. points.Select(p => p.Y), .. bars, .. Lines.Select(l => l.Y)]);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-labelledby=\"t d\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"t\">{Escape(Title)}</title>\n<desc id=\"d\">{Escape(Description)}</desc>\n");
        Styles(svg);
        svg.Append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Left}\" y=\"24\">{Escape(Title)}</text>\n");
        Axes(svg, x, y);
        foreach ((double at, string label) in Lines.Where(l => y.Shows(l.Y)))
        {
            double down = Down(y, at);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"hold\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{down:0.#}\" y2=\"{down:0.#}\"/>\n<text class=\"small\" x=\"{Width - Right - 4}\" y=\"{down - 4:0.#}\" text-anchor=\"end\">{Escape(label)}</text>\n");
        }

        for (int s = 0; s < Series.Count; s++)
        {
            Draw(svg, s, x, y);
            Legend(svg, s);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Styles(StringBuilder svg)
    {
        svg.Append("<style>\ntext{font:13px system-ui,sans-serif;fill:#222}.title{font-size:16px;font-weight:600}.small{font-size:12px}.ground{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#555;fill:none}.hold{stroke:#555;stroke-dasharray:3 3}.series{fill:none;stroke-width:2}\n");
        for (int s = 0; s < Light.Length; s++)
        {
            svg.Append(CultureInfo.InvariantCulture, $".l{s}{{stroke:{Light[s]}}}.p{s}{{fill:{Light[s]}}}");
        }

        svg.Append("\n@media (prefers-color-scheme:dark){text{fill:#ddd}.ground{fill:#16181d}.grid{stroke:#333}.axis,.hold{stroke:#999}\n");
        for (int s = 0; s < Dark.Length; s++)
        {
            svg.Append(CultureInfo.InvariantCulture, $".l{s}{{stroke:{Dark[s]}}}.p{s}{{fill:{Dark[s]}}}");
        }

        svg.Append("}\n</style>\n");
    }

    private static void Axes(StringBuilder svg, PlotAxis x, PlotAxis y)
    {
        foreach ((double value, string text) in x.Ticks())
        {
            double across = Across(x, value);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{across:0.#}\" x2=\"{across:0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/><text class=\"small\" x=\"{across:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{text}</text>\n");
        }

        foreach ((double value, string text) in y.Ticks())
        {
            double down = Down(y, value);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{down:0.#}\" y2=\"{down:0.#}\"/><text class=\"small\" x=\"{Left - 8}\" y=\"{down + 4:0.#}\" text-anchor=\"end\">{text}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 16}\" text-anchor=\"middle\">{Escape(x.Label)}</text>\n");
        double middle = (Top + Height - Bottom) / 2;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"18\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 18 {middle})\">{Escape(y.Label)}</text>\n");
    }

    private void Draw(StringBuilder svg, int s, PlotAxis x, PlotAxis y)
    {
        PlotSeries series = Series[s];
        bool Seen((double X, double Y) p) => x.Shows(p.X) && y.Shows(p.Y) && x.Place(p.X) is >= -1e-9 and <= 1 + 1e-9 && y.Place(p.Y) is >= -1e-9 and <= 1 + 1e-9;
        if (series.Style != SeriesStyle.Points)
        {
            var path = new StringBuilder();
            bool pen = false;
            foreach ((double X, double Y) p in series.Points)
            {
                bool seen = Seen(p);
                if (seen)
                {
                    path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{Across(x, p.X):0.#} {Down(y, p.Y):0.#}");
                }

                pen = seen;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"series l{s % Light.Length}\"{Dash(s)} d=\"{path}\"/>\n");
        }

        for (int k = 0; k < series.Points.Count; k++)
        {
            (double X, double Y) p = series.Points[k];
            if (!Seen(p))
            {
                continue;
            }

            if (series.Bars is { } bars && y.Shows(bars[k].Low) && y.Shows(bars[k].High))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<line class=\"series l{s % Light.Length}\" x1=\"{Across(x, p.X):0.#}\" x2=\"{Across(x, p.X):0.#}\" y1=\"{Down(y, bars[k].Low):0.#}\" y2=\"{Down(y, bars[k].High):0.#}\"/>");
            }

            if (series.Style != SeriesStyle.Line)
            {
                svg.Append(Mark(s, Across(x, p.X), Down(y, p.Y))).Append('\n');
            }
        }
    }

    private void Legend(StringBuilder svg, int s)
    {
        double left = Width - Right + 14, down = Top + 12 + s * 22;
        if (Series[s].Style != SeriesStyle.Points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"series l{s % Light.Length}\"{Dash(s)} x1=\"{left}\" x2=\"{left + 26}\" y1=\"{down - 4}\" y2=\"{down - 4}\"/>");
        }

        if (Series[s].Style != SeriesStyle.Line)
        {
            svg.Append(Mark(s, left + 13, down - 4));
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"small\" x=\"{left + 32}\" y=\"{down}\">{Escape(Series[s].Label)}</text>\n");
    }

    private static string Mark(int s, double x, double y) => (s % 4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"<circle class=\"p{s % Light.Length}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.6\"/>"),
        1 => string.Create(CultureInfo.InvariantCulture, $"<rect class=\"p{s % Light.Length}\" x=\"{x - 3.3:0.#}\" y=\"{y - 3.3:0.#}\" width=\"6.6\" height=\"6.6\"/>"),
        2 => string.Create(CultureInfo.InvariantCulture, $"<path class=\"p{s % Light.Length}\" d=\"M{x:0.#} {y - 4.4:0.#}l4.4 7.6h-8.8z\"/>"),
        _ => string.Create(CultureInfo.InvariantCulture, $"<path class=\"p{s % Light.Length}\" d=\"M{x:0.#} {y - 4.8:0.#}l4.8 4.8l-4.8 4.8l-4.8 -4.8z\"/>"),
    };

    private static string Dash(int s) => Dashes[s % Dashes.Length] is { Length: > 0 } dashes ? $" stroke-dasharray=\"{dashes}\"" : "";

    private static double Across(PlotAxis x, double value) => Left + x.Place(value) * (Width - Left - Right);

    private static double Down(PlotAxis y, double value) => Height - Bottom - y.Place(value) * (Height - Top - Bottom);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
