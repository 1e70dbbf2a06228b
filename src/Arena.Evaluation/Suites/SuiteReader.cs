using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Arena.Evaluation.Families;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>Reads a suite out of its files' bytes, wherever they come from: a folder, an archive, a store of blobs.</summary>
public static class SuiteReader
{
    /// <param name="contents">Every file of the suite by its path from the suite's folder. The caller must not change
    /// the bytes afterwards.</param>
    /// <returns>The suite, or everything that is wrong with it.</returns>
    public static SuiteLoad Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return Read(contents, new ErrorList());
    }

    internal static SuiteLoad Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, ErrorList errors)
    {
        foreach (var path in contents.Keys.Where(p => !SuitePath.IsValid(p)))
        {
            errors.Add("", null, $"the name \"{path}\" cannot be used; {SuitePath.Rule}.");
        }

        foreach (var (required, what) in (ReadOnlySpan<(string, string)>)[("LICENSE", "under which licence the suite may be used"), ("SOURCE.md", "where every file comes from")])
        {
            if (!contents.TryGetValue(required, out var text) || text.IsEmpty)
            {
                errors.Add(required, null, $"the file is missing or empty; say in it {what}.");
            }
        }

        if (!contents.TryGetValue(SuiteManifest.FileName, out var yaml))
        {
            errors.Add(SuiteManifest.FileName, null, "the file is missing; a suite's folder needs one at its top.");
            return new SuiteLoad.Refused(errors.ToImmutable());
        }

        if (ManifestReader.Read(SuiteManifest.FileName, yaml, errors) is not { } manifest)
        {
            return new SuiteLoad.Refused(errors.ToImmutable());
        }

        ImmutableArray<Sample> samples = [];
        var sampleErrors = errors.Count;
        if (Find(contents, manifest.SamplesFile, "samples", errors) is { } csv)
        {
            samples = new SamplesReader(manifest, errors).Read(csv);
        }

        // the inputs can only be compared with rows that were all read
        int? expected = errors.Count == sampleErrors ? samples.Length : null;
        NpyArray? input = null;
        string[] texts = [];
        if (Find(contents, manifest.Input.File, "inputs", errors) is { } inputs)
        {
            if (!manifest.Input.IsText)
            {
                input = ReadInput(manifest.Input, inputs, expected, errors);
            }
            else if (expected is not null)
            {
                texts = new TextRowsReader(manifest.Input.File, "text", mayBeBlank: false, [.. samples.Select(s => s.Id)], errors).Read(inputs) ?? [];
            }
        }

        var reference = ReadReference(manifest, samples, expected is not null && (!manifest.Input.IsText || texts.Length == expected), contents, errors);
        ImmutableArray<SuiteBaseline> baselines = [];
        if (manifest.BaselinesFile is { } baselinesFile && Find(contents, baselinesFile, "baselines", errors) is { } list)
        {
            baselines = new BaselinesReader(manifest, expected is null ? null : [.. samples.Select(s => s.Id)], contents, errors).Read(list);
        }

        return errors.Count > 0
            ? new SuiteLoad.Refused(errors.ToImmutable())
            : new SuiteLoad.Loaded(new SuiteDefinition(manifest, samples, input, [.. texts], reference!, baselines, contents));
    }

    private static ReadOnlyMemory<byte>? Find(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, string path, string key, ErrorList errors)
    {
        if (contents.TryGetValue(path, out var bytes))
        {
            return bytes;
        }

        errors.Add(path, null, $"the file is missing; suite.yaml names it under \"{key}\". Add it or correct the name.");
        return null;
    }

    /// <summary>Null after reporting what is wrong, and where <paramref name="samplesRead"/> is false: the right answers belong to rows.</summary>
    private static ScoringReference? ReadReference(SuiteManifest manifest, ImmutableArray<Sample> samples, bool samplesRead, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, ErrorList errors)
    {
        var complete = samplesRead;
        foreach (var path in manifest.Task.ReferenceFiles.Where(path => !string.Equals(path, manifest.Input.File, StringComparison.Ordinal)))
        {
            complete &= Find(contents, path, "task", errors) is not null;
        }

        if (!complete)
        {
            return null;
        }

        if (!TaskFamilies.For(manifest.Task).TryReadReference(manifest.Task, [.. samples.Select(s => s.Id)], [.. samples.Select(s => s.Label)], contents, out var reference, out var found))
        {
            foreach (var error in found)
            {
                errors.Add(error.File, error.Line, error.Message);
            }
        }

        return reference;
    }

    private static NpyArray? ReadInput(SuiteInput input, ReadOnlyMemory<byte> file, int? expectedSamples, ErrorList errors)
    {
        if (!NpyFile.TryRead(file, out var array, out var error))
        {
            errors.Add(input.File, null, error);
            return null;
        }

        if (array.ElementType != input.ElementType || array.SampleShape != input.SampleShape)
        {
            errors.Add(input.File, null, $"the array is {array.ElementType.Name()} with samples of {array.SampleShape}, suite.yaml declares {input.ElementType.Name()} {input.SampleShape}; correct one of them.");
        }

        if (expectedSamples is { } expected && array.SampleCount != expected)
        {
            errors.Add(input.File, null, $"the array holds {array.SampleCount} samples, the list of samples {expected}; each row needs its own.");
        }

        if (array.ElementType == TensorElementType.Float32)
        {
            var values = MemoryMarshal.Cast<byte, float>(array.Data.Span);
            for (var i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    errors.Add(input.File, null, $"sample {i / (array.SampleBytes / sizeof(float))} holds NaN or infinity; replace it by a number.");
                    break;
                }
            }
        }

        return array;
    }
}
