using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>A file of numbers made by another implementation. What a handler reads under the checked roots counts as checked; the rest has to be listed.</summary>
public sealed class GoldenFile : IDisposable
{
    /// <summary>Everything under these has to be read by the handler, or listed.</summary>
    private static readonly string[] CheckedRoots = ["output", "cases", "runs", "distances", "sequence_kwise4", "sweep_pi_vs_alpha", "sweep_pi_vs_epsilon", "suggest_alpha_tol0.1", "suggest_alpha_error"];

    /// <summary>Inputs inside a case: read at will, never owed.</summary>
    private static readonly string[] Givens = ["input", "params"];

    private readonly JsonDocument _document;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public GoldenFile(string path)
    {
        (Path, Name) = (path, System.IO.Path.GetFileName(path));
        _document = JsonDocument.Parse(File.ReadAllText(path));
        Root = new GoldenNode(_document.RootElement, "", _read);
    }

    public string Path { get; }

    public string Name { get; }

    public GoldenNode Root { get; }

    public GoldenNode Input => Root["input"];

    public GoldenNode Params => Root["params"];

    public GoldenNode Output => Root["output"];

    /// <summary>The entry of the file's <c>tolerance</c>.</summary>
    public double Tolerance(string key) => Root["tolerance"][key].Number();

    /// <summary>Keys under the checked roots that nobody has read, indices left out: <c>cases[].output.pi</c>.</summary>
    public IReadOnlyList<string> Unread()
    {
        var unread = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in _document.RootElement.EnumerateObject().Where(p => CheckedRoots.Contains(p.Name)))
        {
            Collect(property.Value, property.Name, property.Name, unread);
        }

        return [.. unread];
    }

    /// <summary>How many numbers and words under the checked roots were read, and so held against ours.</summary>
    public int Checked() => _document.RootElement.EnumerateObject().Where(p => CheckedRoots.Contains(p.Name)).Sum(p => Leaves(p.Value, p.Name, read: false));

    public void Dispose() => _document.Dispose();

    private int Leaves(JsonElement element, string path, bool read)
    {
        read |= _read.Contains(path);
        return element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Where(p => !Givens.Contains(p.Name)).Sum(p => Leaves(p.Value, $"{path}.{p.Name}", read)),
            JsonValueKind.Array => element.EnumerateArray().Select((item, index) => Leaves(item, $"{path}[{index}]", read)).Sum(),
            _ => read ? 1 : 0,
        };
    }

    private void Collect(JsonElement element, string path, string general, SortedSet<string> unread)
    {
        if (_read.Contains(path))
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any())
        {
            foreach (JsonProperty property in element.EnumerateObject().Where(p => !Givens.Contains(p.Name)))
            {
                Collect(property.Value, $"{path}.{property.Name}", $"{general}.{property.Name}", unread);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 && element[0].ValueKind is JsonValueKind.Object)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, $"{path}[{index++}]", $"{general}[]", unread);
            }
        }
        else
        {
            unread.Add(general);
        }
    }
}

/// <summary>A value in a golden file. Taking a number, text or array out of it, or <see cref="Element"/>, counts as reading all of it.</summary>
public sealed class GoldenNode
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly HashSet<string> _read;

    internal GoldenNode(JsonElement element, string path, HashSet<string> read) => (_element, _path, _read) = (element, path, read);

    /// <summary>The whole of it, as read.</summary>
    public JsonElement Element
    {
        get
        {
            _read.Add(_path);
            return _element;
        }
    }

    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>Names of its properties; reads nothing.</summary>
    public IReadOnlyList<string> Names => [.. _element.EnumerateObject().Select(p => p.Name)];

    public GoldenNode this[string name] =>
        _element.TryGetProperty(name, out JsonElement value)
            ? new GoldenNode(value, _path.Length == 0 ? name : $"{_path}.{name}", _read)
            : throw new KeyNotFoundException($"{(_path.Length == 0 ? "The file" : _path)} has no '{name}'.");

    public bool Has(string name) => _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out _);

    /// <summary>The items of an array, each a node of its own; reads nothing by itself.</summary>
    public IReadOnlyList<GoldenNode> Items => [.. _element.EnumerateArray().Select((item, i) => new GoldenNode(item, $"{_path}[{i}]", _read))];

    public double Number() => Element.ValueKind == JsonValueKind.String ? Special(Element.GetString()!) : Element.GetDouble();

    public int Whole() => Element.GetInt32();

    public bool Flag() => Element.GetBoolean();

    public string Text() => Element.GetString()!;

    public double[] Numbers() => [.. Element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? Special(e.GetString()!) : e.GetDouble())];

    public int[] Wholes() => [.. Element.EnumerateArray().Select(e => e.GetInt32())];

    public string[] Texts() => [.. Element.EnumerateArray().Select(e => e.GetString()!)];

    public double[][] Rows() => [.. Element.EnumerateArray().Select(row => row.EnumerateArray().Select(e => e.GetDouble()).ToArray())];

    public int[][] WholeRows() => [.. Element.EnumerateArray().Select(row => row.EnumerateArray().Select(e => e.GetInt32()).ToArray())];

    /// <summary>Asserts that as many numbers are near.</summary>
    public void Near(IReadOnlyList<double> actual, double tolerance)
    {
        double[] expected = Numbers();
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{_path}[{i}]: expected {expected[i]:R}, but it is {actual[i]:R}, further than {tolerance:R} away.");
        }
    }

    /// <summary>Asserts that a number is near.</summary>
    public void Near(double actual, double tolerance)
    {
        double expected = Number();
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{_path}: expected {expected:R}, but it is {actual:R}, further than {tolerance:R} away.");
    }

    private static double Special(string text) => text switch
    {
        "inf" or "Infinity" or "+inf" => double.PositiveInfinity,
        "-inf" or "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException($"'{text}' is no number."),
    };
}
