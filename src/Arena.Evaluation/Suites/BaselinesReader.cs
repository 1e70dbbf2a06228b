using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>Reads baselines.yaml.</summary>
internal sealed class BaselinesReader(SuiteManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, ErrorList errors)
{
    private readonly string file = manifest.BaselinesFile!;

    public ImmutableArray<SuiteBaseline> Read(ReadOnlyMemory<byte> bytes)
    {
        if (YamlFile.Open(file, bytes, KeySet.Baselines, errors) is not { } map)
        {
            return [];
        }

        ManifestReader.CheckFormat(map);
        var items = map.Maps("baselines", KeySet.Baseline, maxItems: 500);
        var baselines = ImmutableArray.CreateBuilder<SuiteBaseline>();
        foreach (var item in items.IsDefault ? [] : items)
        {
            if (ReadOne(item) is not { } baseline)
            {
                continue;
            }

            if (baselines.Any(b => string.Equals(b.Slug, baseline.Slug, StringComparison.Ordinal)))
            {
                item.Report("slug", $"two baselines have the slug \"{baseline.Slug}\"; rename one.");
            }

            baselines.Add(baseline);
        }

        return baselines.ToImmutable();
    }

    private SuiteBaseline? ReadOne(YamlMap item)
    {
        var (slug, name, description) = (item.Slug("slug"), item.Text("name", 100), item.Text("description", 1000));
        var (parameters, training, licence) = (item.Long("parameters", 0, long.MaxValue), item.Text("training", 1000), item.Text("licence"));
        var preprocessing = item.Text("preprocessing");
        if (preprocessing is not null && manifest.FindPreprocessing(preprocessing) is null)
        {
            item.Report("preprocessing", $"\"preprocessing\" is \"{preprocessing}\", which suite.yaml does not declare; it has: {string.Join(", ", manifest.Preprocessing.Select(p => p.Name))}.");
        }

        var output = ReadOutput(item);
        var path = ReadFile(item);
        return slug is null || name is null || description is null || path is null || preprocessing is null || output is null || parameters is null || training is null || licence is null
            ? null
            : new SuiteBaseline(slug, name, description, path, preprocessing, output, parameters.Value, training, licence);
    }

    private OutputChoice? ReadOutput(YamlMap item)
    {
        if (item.Map("output", KeySet.Output) is not { } output)
        {
            return null;
        }

        var (name, kind) = (output.Text("name"), output.Choice("kind", OutputKinds.Names));
        if (kind is { } k && !manifest.Outputs.Contains(k))
        {
            output.Report("kind", $"\"kind\" is \"{OutputKinds.Name(k)}\", which suite.yaml does not accept; it accepts: {string.Join(", ", manifest.Outputs.Select(OutputKinds.Name))}.");
        }

        return name is null || kind is null ? null : new OutputChoice(name, kind.Value);
    }

    /// <summary>The path from the suite's folder; the file names it from its own.</summary>
    private string? ReadFile(YamlMap item)
    {
        if (item.Path("file") is not { } name)
        {
            return null;
        }

        var slash = file.LastIndexOf('/');
        var path = file[..(slash + 1)] + name;
        if (!contents.TryGetValue(path, out var model))
        {
            item.Report("file", $"the file {path} does not exist; add it or correct \"file\".");
        }
        else if (model.Length > (long)manifest.Limits.ModelMebibytes << 20)
        {
            item.Report("file", $"{path} has {model.Length} bytes, more than the suite's own limit of {manifest.Limits.ModelMebibytes} MiB; raise \"model_mib\" or make the model smaller.");
        }

        return path;
    }
}
