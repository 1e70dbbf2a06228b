using System.Collections.Immutable;
using Arena.Evaluation.Families;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>Reads suite.yaml.</summary>
internal static class ManifestReader
{
    public static SuiteManifest? Read(string file, ReadOnlyMemory<byte> bytes, ErrorList errors)
    {
        var before = errors.Count;
        if (YamlFile.Open(file, bytes, KeySet.Suite, errors) is not { } map)
        {
            return null;
        }

        CheckFormat(map);
        var input = ReadInput(map);
        var task = ReadTask(map, input, out var family);
        var manifest = new
        {
            Slug = map.Slug("slug"),
            Title = map.Text("title", 100),
            Description = map.Text("description", 4000),
            Licence = map.Text("licence"),
            Source = map.Text("source", 1000),
            Samples = map.Path("samples"),
            Preprocessing = ReadPreprocessing(map, input),
            Outputs = ReadOutputs(map, family),
            Metrics = ReadMetrics(map, family, task),
            Hardware = map.Slug("hardware"),
            Limits = ReadLimits(map),
            Votes = map.Flag("votes"),
            Baselines = map.Path("baselines"),
            Arena = ReadArena(map),
        };
        if (errors.Count > before)
        {
            return null;
        }

        // nothing was reported, so everything required was read
        return new SuiteManifest
        {
            Slug = manifest.Slug!,
            Title = manifest.Title!,
            Description = manifest.Description!,
            Licence = manifest.Licence!,
            Source = manifest.Source!,
            Task = task!,
            SamplesFile = manifest.Samples!,
            Input = input!,
            Preprocessing = manifest.Preprocessing,
            Outputs = manifest.Outputs,
            Metrics = manifest.Metrics,
            Hardware = manifest.Hardware!,
            Limits = manifest.Limits!,
            Votes = manifest.Votes!.Value,
            BaselinesFile = manifest.Baselines,
            Arena = manifest.Arena,
        };
    }

    public static void CheckFormat(YamlMap map)
    {
        if (map.Integer("format", 1, int.MaxValue) is { } format && format != SuiteManifest.Format)
        {
            map.Report("format", $"\"format\" is {format}; this Arena reads format {SuiteManifest.Format}. Update Arena or export the suite in that format.");
        }
    }

    private static SuiteArena? ReadArena(YamlMap map)
    {
        if (map.Map("arena", KeySet.Arena) is not { } arena)
        {
            return null;
        }

        if (map.Flag("votes") is false)
        {
            map.Report("arena", "\"arena\" describes where people vote, and \"votes\" is false; set votes to true, or leave arena out.");
        }

        var reasons = arena.Texts("reasons", maxItems: 12);
        return arena.Text("title", 100) is { } title && arena.Text("question", 300) is { } question && arena.Integer("slate", 2, 6) is { } slate
            ? new(title, question, slate, reasons.IsDefault ? [] : reasons, arena.Flag("strength") ?? false, arena.Flag("acceptable") ?? false)
            : null;
    }

    private static TaskDefinition? ReadTask(YamlMap map, SuiteInput? input, out TaskFamily? family)
    {
        TaskFamily? found = null;
        var task = map.Map("task", task =>
        {
            if (task.Text("family") is not { } name)
            {
                task.Report("family", "\"family\" is missing from task; add it.");
            }
            else if (!TaskFamilies.TryGet(name, out found))
            {
                task.Report("family", $"\"family\" is \"{name}\"; it must be one of: {string.Join(", ", TaskFamilies.All.Select(f => f.Name))}.");
            }

            return found?.TaskKeys;
        });
        family = found;
        if (task is null || family is null)
        {
            return null;
        }

        if (input is not null && family.ReadsTexts != input.IsText)
        {
            map.Report("inputs", family.ReadsTexts
                ? $"the samples of {family.Name} are texts; set \"type\" to text and leave out \"shape\"."
                : $"the samples of {family.Name} are tensors; set \"type\" to one of: {string.Join(", ", TensorElementTypes.Numbers.Select(t => t.Name()))}.");
        }

        return family.ReadTask(task, input);
    }

    private static SuiteInput? ReadInput(YamlMap map)
    {
        var inputs = map.Maps("inputs", KeySet.Input, maxItems: 16);
        if (inputs.IsDefaultOrEmpty)
        {
            return null;
        }

        if (inputs.Length > 1)
        {
            map.Report("inputs", $"{inputs.Length} inputs are listed; format {SuiteManifest.Format} has exactly one.");
            return null;
        }

        var (name, file, type) = (inputs[0].Slug("name"), inputs[0].Path("file"), inputs[0].InputType("type"));
        var shape = type == TensorElementType.String && !inputs[0].Has("shape") ? TensorShape.Scalar : inputs[0].Shape("shape");
        if (type is not null && (type == TensorElementType.String) == inputs[0].Has("shape"))
        {
            inputs[0].Report("shape", type == TensorElementType.String
                ? "\"shape\" is given, and a text has none; remove it."
                : "\"shape\" is missing from input; add it.");
            return null;
        }

        return name is null || file is null || type is null || shape is null ? null : new SuiteInput(name, file, type.Value, shape.Value);
    }

    private static ImmutableArray<PreprocessingVariant> ReadPreprocessing(YamlMap map, SuiteInput? input)
    {
        if (input is not null && map.Has("preprocessing") == input.IsText)
        {
            map.Report("preprocessing", input.IsText
                ? "\"preprocessing\" is given, and texts are handed over as they are; remove it."
                : "\"preprocessing\" is missing from suite; add it.");
        }

        var variants = ImmutableArray.CreateBuilder<PreprocessingVariant>();
        foreach (var item in Items(map.Maps("preprocessing", KeySet.Preprocessing, maxItems: 32)))
        {
            var (name, type, shape) = (item.Slug("name"), item.ElementType("type"), item.Shape("shape"));
            var (scale, offset, description) = (item.Number("scale", missing: 1), item.Number("offset", missing: 0), item.Text("description", 1000));
            if (shape is { } s && input is not null && s.ElementCount != input.SampleShape.ElementCount)
            {
                item.Report("shape", $"\"shape\" {s} holds {s.ElementCount} numbers, but a sample {input.SampleShape} holds {input.SampleShape.ElementCount}; preprocessing reshapes and never adds or drops.");
            }

            if (name is null || type is null || shape is null || scale is null || offset is null)
            {
                continue;
            }

            if (variants.Any(v => string.Equals(v.Name, name, StringComparison.Ordinal)))
            {
                item.Report("name", $"two preprocessing variants are called \"{name}\"; rename one.");
            }

            variants.Add(new PreprocessingVariant(name, description ?? "", type.Value, shape.Value, scale.Value, offset.Value));
        }

        return variants.ToImmutable();
    }

    private static ImmutableArray<OutputKind> ReadOutputs(YamlMap map, TaskFamily? family)
    {
        var outputs = map.Choices("outputs", OutputKinds.Names);
        foreach (var kind in Items(outputs))
        {
            if (family is not null && !family.OutputKinds.Contains(kind))
            {
                map.Report("outputs", $"{family.Name} cannot score the output \"{OutputKinds.Name(kind)}\"; remove it.");
            }
        }

        return outputs;
    }

    private static ImmutableArray<SuiteMetric> ReadMetrics(YamlMap map, TaskFamily? family, TaskDefinition? task)
    {
        var metrics = ImmutableArray.CreateBuilder<SuiteMetric>();
        foreach (var item in Items(map.Maps("metrics", KeySet.Metric, maxItems: 16)))
        {
            var name = item.Slug("name");
            var kind = item.Choice("kind", ("binary", MetricKind.Binary), ("ordinal", MetricKind.Ordinal), ("numeric", MetricKind.Numeric));
            var direction = item.Choice("direction", ("higher", MetricDirection.Higher), ("lower", MetricDirection.Lower));
            var aggregation = item.Choice("aggregation", ("mean", MetricAggregation.Mean));
            var (margin, title) = (item.Number("margin", missing: 0, min: 0), item.Text("title", 100));
            if (name is null || kind is null || direction is null || aggregation is null || margin is null)
            {
                continue;
            }

            var known = family?.Metrics.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal));
            if (family is not null && known is null)
            {
                item.Report("name", $"{family.Name} has no metric \"{name}\"; it measures: {string.Join(", ", family.Metrics.Select(m => m.Name))}.");
            }
            else if (family is not null && task is not null && family.MetricsOf(task) is var measured && !measured.Contains(known!))
            {
                item.Report("name", $"\"{name}\" cannot be measured without right answers, and the task names none; it measures: {string.Join(", ", measured.Select(m => m.Name))}.");
            }
            else if (known is not null && (known.Kind != kind || known.Direction != direction))
            {
                item.Report("kind", $"\"{name}\" is {known.Kind.ToString().ToLowerInvariant()} and {known.Direction.ToString().ToLowerInvariant()} is better; correct \"kind\" and \"direction\".");
            }

            if (metrics.Any(m => string.Equals(m.Name, name, StringComparison.Ordinal)))
            {
                item.Report("name", $"the metric \"{name}\" is listed twice; remove one.");
            }

            metrics.Add(new SuiteMetric(name, title ?? known?.Title ?? name, kind.Value, direction.Value, margin.Value, aggregation.Value));
        }

        return metrics.ToImmutable();
    }

    private static SuiteLimits? ReadLimits(YamlMap map)
    {
        if (map.Map("limits", KeySet.Limits) is not { } limits)
        {
            return null;
        }

        var (seconds, memory, model) = (limits.Integer("seconds", 1, 86_400), limits.Integer("memory_mib", 16, 1 << 20), limits.Integer("model_mib", 1, 1 << 16));
        return seconds is null || memory is null || model is null ? null : new SuiteLimits(seconds.Value, memory.Value, model.Value);
    }

    private static ImmutableArray<T> Items<T>(ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
