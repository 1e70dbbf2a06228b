using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Arena.Evaluation.Tensors;
using YamlDotNet.RepresentationModel;

namespace Arena.Evaluation.Suites;

/// <summary>A YAML map whose keys are known. Each getter reports what is wrong with its value, with the line, and then
/// returns null (or the default array), so that one reading finds all errors. A missing key was reported on opening.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly ErrorList errors;
    private readonly int line;

    private YamlMap(string file, YamlMappingNode node, ErrorList errors)
    {
        this.file = file;
        this.errors = errors;
        line = (int)node.Start.Line;
        foreach (var (key, value) in node.Children)
        {
            // a key that is itself a list or a map has no text; Open reports it
            values[key is YamlScalarNode scalar ? scalar.Value ?? "" : ""] = value;
        }
    }

    public static YamlMap Open(string file, YamlMappingNode node, KeySet keys, ErrorList errors)
    {
        var map = new YamlMap(file, node, errors);
        map.Check(node, keys);
        return map;
    }

    /// <summary>Opens one whose keys depend on one of its values.</summary>
    public static YamlMap Open(string file, YamlMappingNode node, Func<YamlMap, KeySet?> choose, ErrorList errors)
    {
        var map = new YamlMap(file, node, errors);
        if (choose(map) is { } keys)
        {
            map.Check(node, keys);
        }

        return map;
    }

    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>Reports at the key's line, or at the map's where the key is missing.</summary>
    public void Report(string key, string message) =>
        errors.Add(file, values.TryGetValue(key, out var node) ? (int)node.Start.Line : line, message);

    public string? Text(string key, int maxLength = 200)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return null;
        }

        if (node is not YamlScalarNode { Value: { } text } || string.IsNullOrWhiteSpace(text))
        {
            Report(key, $"\"{key}\" must be a text and not be empty.");
            return null;
        }

        if (text.Length > maxLength || text.Any(c => char.IsControl(c) && c is not '\n'))
        {
            Report(key, $"\"{key}\" must have at most {maxLength} characters and no control characters.");
            return null;
        }

        return text.Trim();
    }

    public string? Slug(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (SuitePath.IsSlug(text))
        {
            return text;
        }

        Report(key, $"\"{key}\" is \"{text}\"; use 2 to 64 lower-case letters, digits and single hyphens.");
        return null;
    }

    public string? Path(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (SuitePath.IsValid(text))
        {
            return text;
        }

        Report(key, $"\"{key}\" is \"{text}\", which is not a file inside the suite; {SuitePath.Rule}.");
        return null;
    }

    public int? Integer(string key, int min, int max) => (int?)Long(key, min, max);

    public long? Long(string key, long min, long max)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { } text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Report(key, string.Create(CultureInfo.InvariantCulture, $"\"{key}\" must be a whole number from {min} to {max}."));
        return null;
    }

    /// <summary>A finite number that float32 can hold; the given one where the key is missing.</summary>
    public double? Number(string key, double missing, double min = -float.MaxValue)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return missing;
        }

        if (node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= float.MaxValue)
        {
            return value;
        }

        Report(key, min == 0 ? $"\"{key}\" must be a number and not be negative." : $"\"{key}\" must be a number, as in 0.5.");
        return null;
    }

    public bool? Flag(string key) => Choice(key, ("true", true), ("false", false));

    public T? Choice<T>(string key, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return Choose(key, text, choices);
    }

    /// <summary>A list of choices, each once, at least one.</summary>
    public ImmutableArray<T> Choices<T>(string key, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        var texts = Texts(key, choices.Length);
        if (texts.IsDefault)
        {
            return default;
        }

        var chosen = ImmutableArray.CreateBuilder<T>();
        foreach (var text in texts)
        {
            if (Choose(key, text, choices) is { } value && !chosen.Contains(value))
            {
                chosen.Add(value);
            }
        }

        return chosen.Count == texts.Length ? chosen.ToImmutable() : default;
    }

    /// <summary>Dimensions, each at least 1.</summary>
    public TensorShape? Shape(string key)
    {
        var texts = Texts(key, maxItems: 7);
        if (texts.IsDefault)
        {
            return null;
        }

        var dimensions = new int[texts.Length];
        var elements = 1L;
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (!int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out dimensions[i]) || dimensions[i] < 1 || (elements *= dimensions[i]) > 1 << 28)
            {
                Report(key, $"\"{key}\" must be a list of whole numbers from 1, as in [1, 8, 8]: the shape of one sample, without the batch.");
                return null;
            }
        }

        return TensorShape.Create(dimensions);
    }

    /// <summary>A type of numbers, or text.</summary>
    public TensorElementType? InputType(string key) =>
        Choice(key, [.. TensorElementTypes.Numbers.Append(TensorElementType.String).Select(t => (t.Name(), t))]);

    public TensorElementType? ElementType(string key) =>
        Choice(key, [.. TensorElementTypes.Numbers.Select(t => (t.Name(), t))]);

    /// <summary>A list of texts, at least one.</summary>
    public ImmutableArray<string> Texts(string key, int maxItems)
    {
        if (!TryItems(key, maxItems, out var items))
        {
            return default;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in items)
        {
            if (item is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text) && text.Length <= 100 && !text.Any(char.IsControl))
            {
                texts.Add(text);
            }
            else
            {
                errors.Add(file, (int)item.Start.Line, $"\"{key}\" must be a list of texts of at most 100 characters, as in [a, b].");
                return default;
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>A list of maps, at least one.</summary>
    public ImmutableArray<YamlMap> Maps(string key, KeySet keys, int maxItems) => Maps(key, _ => keys, keys, maxItems);

    /// <summary>A list of maps, at least one, whose keys depend on what is in them.</summary>
    /// <param name="usual">The keys to name where an item is no map at all.</param>
    public ImmutableArray<YamlMap> Maps(string key, Func<YamlMap, KeySet> choose, KeySet usual, int maxItems)
    {
        if (!TryItems(key, maxItems, out var items))
        {
            return default;
        }

        var maps = ImmutableArray.CreateBuilder<YamlMap>();
        foreach (var item in items)
        {
            if (item is YamlMappingNode node)
            {
                maps.Add(Open(file, node, choose, errors));
            }
            else
            {
                errors.Add(file, (int)item.Start.Line, $"each item of \"{key}\" must be a map with the keys {string.Join(", ", usual.Required)}.");
            }
        }

        return maps.ToImmutable();
    }

    public YamlMap? Map(string key, Func<YamlMap, KeySet?> choose)
    {
        if (!values.TryGetValue(key, out var node))
        {
            return null;
        }

        if (node is YamlMappingNode mapping)
        {
            return Open(file, mapping, choose, errors);
        }

        Report(key, $"\"{key}\" must be a map of keys and values.");
        return null;
    }

    public YamlMap? Map(string key, KeySet keys) => Map(key, _ => keys);

    private T? Choose<T>(string key, string text, ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        var names = new List<string>();
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return value;
            }

            names.Add(name);
        }

        Report(key, $"\"{key}\" is \"{text}\"; it must be one of: {string.Join(", ", names)}.");
        return null;
    }

    private bool TryItems(string key, int maxItems, [NotNullWhen(true)] out IList<YamlNode>? items)
    {
        items = null;
        if (!values.TryGetValue(key, out var node))
        {
            return false;
        }

        if (node is not YamlSequenceNode { Children: { Count: > 0 } children } || children.Count > maxItems)
        {
            Report(key, $"\"{key}\" must be a list of 1 to {maxItems} items.");
            return false;
        }

        items = children;
        return true;
    }

    private void Check(YamlMappingNode node, KeySet keys)
    {
        foreach (var key in node.Children.Keys)
        {
            var name = key is YamlScalarNode scalar ? scalar.Value ?? "" : "";
            if (!keys.Knows(name))
            {
                var hint = keys.Nearest(name) is { } nearest ? $"did you mean \"{nearest}\"?" : $"known keys: {string.Join(", ", keys.Required.Concat(keys.Optional))}.";
                errors.Add(file, (int)key.Start.Line, $"\"{name}\" is not a key of {keys.What}; {hint}");
            }
        }

        foreach (var key in keys.Required)
        {
            if (!values.ContainsKey(key))
            {
                errors.Add(file, line, $"\"{key}\" is missing from {keys.What}; add it.");
            }
        }
    }
}
