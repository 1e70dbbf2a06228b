using System.Globalization;
using System.Text;
using Arena.Ranking.Benchmarks.Plots;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>What an experiment writes: paragraphs, tables and figures, in the order given.</summary>
internal sealed class ExperimentReport(string name, BenchmarkSettings settings)
{
    private readonly StringBuilder _text = new();
    private readonly List<(string File, string Svg)> _figures = [];

    /// <summary>Small sizes, to try that it works.</summary>
    public bool Quick => settings.Quick;

    public ulong Seed => settings.Seed;

    /// <summary>The section so far, in Markdown.</summary>
    public string Markdown => _text.ToString();

    /// <summary>The figures so far, by file name.</summary>
    public IReadOnlyList<(string File, string Svg)> Figures => _figures;

    /// <summary>Adds a paragraph (Markdown).</summary>
    public void Text(string markdown) => _text.Append(markdown.Trim('\n')).Append("\n\n");

    /// <summary>Adds a heading below the section's own.</summary>
    public void Heading(string text) => Text("### " + text);

    /// <summary>Adds a table.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(header);
        Row([.. header.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in rows)
        {
            Row(row.Count == header.Count ? row : throw new ArgumentException($"A row has {row.Count} cells under {header.Count} headings.", nameof(rows)));
        }

        _text.Append('\n');
    }

    /// <summary>Adds a figure, written as <c>docs/experiments/NAME-stem.svg</c>.</summary>
    /// <param name="stem">What tells it from the experiment's other figures; letters, digits, hyphens.</param>
    /// <param name="plot">What is drawn; its description is the alternative text.</param>
    public void Figure(string stem, SvgPlot plot)
    {
        string file = $"{name}-{stem}.svg";
        _figures.Add((file, plot.ToSvg()));
        Text($"![{plot.Description.Replace('[', '(').Replace(']', ')')}](experiments/{file})");
    }

    /// <summary>Says on standard error how far it is.</summary>
    public void Progress(string message) => Console.Error.WriteLine($"{name}: {message}");

    /// <summary>A number for a cell, such as <c>Number(0.9512, "0.000")</c>; "–" where there is none.</summary>
    public static string Number(double value, string format = "0.###") =>
        double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    private void Row(IReadOnlyList<string> cells) =>
        _text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
