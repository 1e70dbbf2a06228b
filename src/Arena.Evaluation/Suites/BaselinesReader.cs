using System.Collections.Immutable;
using Arena.Evaluation.Predictions;

namespace Arena.Evaluation.Suites;

/// <summary>Reads baselines.yaml.</summary>
/// <param name="samples">The samples' ids, by ordinal; null where they could not all be read, and predictions cannot be checked.</param>
internal sealed class BaselinesReader(SuiteManifest manifest, IReadOnlyList<string>? samples, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, ErrorList errors)
{
    private readonly string file = manifest.BaselinesFile!;

    public ImmutableArray<SuiteBaseline> Read(ReadOnlyMemory<byte> bytes)
    {
        if (YamlFile.Open(file, bytes, KeySet.Baselines, errors) is not { } map)
        {
            return [];
        }

        ManifestReader.CheckFormat(map);
        var items = map.Maps("baselines", item => item.Has("predictions") ? KeySet.RecordedBaseline : KeySet.Baseline, KeySet.Baseline, maxItems: 500);
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
        var recorded = item.Has("predictions");
        var (parameters, training, licence) = (item.Long("parameters", 0, long.MaxValue), item.Text("training", 1000), item.Text("licence"));
        var preprocessing = item.Text("preprocessing");
        if (preprocessing is not null && manifest.FindPreprocessing(preprocessing) is null)
        {
            item.Report("preprocessing", $"\"preprocessing\" is \"{preprocessing}\", which suite.yaml does not declare; it has: {string.Join(", ", manifest.Preprocessing.Select(p => p.Name))}.");
        }

        var output = recorded ? RecordedPredictions.Choice : ReadOutput(item);
        var path = recorded ? ReadPredictions(item) : ReadFile(item, "file");
        return slug is null || name is null || description is null || path is null || (preprocessing is null && !recorded) || output is null || parameters is null || training is null || licence is null
            ? null
            : new SuiteBaseline(slug, name, description, path, recorded, preprocessing ?? "", output, parameters.Value, training, licence);
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
    private string? ReadFile(YamlMap item, string key)
    {
        if (item.Path(key) is not { } name)
        {
            return null;
        }

        var slash = file.LastIndexOf('/');
        var path = file[..(slash + 1)] + name;
        if (!contents.TryGetValue(path, out var model))
        {
            item.Report(key, $"the file {path} does not exist; add it or correct \"{key}\".");
            return null;
        }
        else if (model.Length > (long)manifest.Limits.ModelMebibytes << 20)
        {
            item.Report(key, $"{path} has {model.Length} bytes, more than the suite's own limit of {manifest.Limits.ModelMebibytes} MiB; raise \"model_mib\" or make the file smaller.");
            return null;
        }

        return path;
    }

    /// <summary>The path of a file of predictions that were found to fit the suite.</summary>
    private string? ReadPredictions(YamlMap item)
    {
        if (ReadFile(item, "predictions") is not { } path)
        {
            return null;
        }

        if (samples is null || RecordedPredictions.TryRead(manifest, samples, path, contents[path], out _, out var found))
        {
            return path;
        }

        foreach (var error in found)
        {
            errors.Add(error.File, error.Line, error.Message);
        }

        return null;
    }
}
