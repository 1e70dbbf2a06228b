using System.Collections.Immutable;
using System.Globalization;
using Arena.Evaluation.Families;

namespace Arena.Evaluation.Suites;

/// <summary>Reads samples.csv.</summary>
internal sealed class SamplesReader(SuiteManifest manifest, ErrorList errors)
{
    public const int MaxSamples = 1_000_000;
    private const int MaxBytes = 128 << 20;
    private const int MaxText = 200;
    private static readonly ImmutableArray<string> Optional = ["group", "tags", "split", "weight"];
    private readonly string file = manifest.SamplesFile;
    private readonly TaskFamily family = TaskFamilies.For(manifest.Task);
    private readonly ImmutableArray<string> required = TaskFamilies.For(manifest.Task).HasLabels ? ["id", "label"] : ["id"];

    public ImmutableArray<Sample> Read(ReadOnlyMemory<byte> bytes)
    {
        if (!StrictText.TryDecode(file, bytes, MaxBytes, errors, out var text))
        {
            return [];
        }

        var csv = new CsvReader(text);
        if (!csv.TryRead(out var header, out var broken))
        {
            errors.Add(file, 1, broken ?? $"the file is empty; begin it with {string.Join(',', required.Concat(Optional))}.");
            return [];
        }

        if (!CheckHeader(header))
        {
            return [];
        }

        var samples = ImmutableArray.CreateBuilder<Sample>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var ordinal = 0;
        while (csv.TryRead(out var fields, out broken))
        {
            if (ordinal == MaxSamples)
            {
                errors.Add(file, csv.Line, $"a suite has at most {MaxSamples} samples; split it.");
                return [];
            }

            if (fields.Count != header.Count)
            {
                errors.Add(file, csv.Line, $"this row has {fields.Count} fields, the header {header.Count}; give every column a field.");
            }
            else if (ReadRow(ordinal, csv.Line, name => Field(header, fields, name), lines) is { } sample)
            {
                samples.Add(sample);
            }

            ordinal++;
        }

        if (broken is not null)
        {
            errors.Add(file, csv.Line, broken);
        }
        else if (ordinal == 0)
        {
            errors.Add(file, null, "there is no sample; add one row for each.");
        }

        return samples.ToImmutable();
    }

    private bool CheckHeader(List<string> header)
    {
        var before = errors.Count;
        foreach (var column in header)
        {
            if (!required.Concat(Optional).Contains(column, StringComparer.Ordinal))
            {
                errors.Add(file, 1, $"\"{column}\" is not a column; known columns: {string.Join(", ", required.Concat(Optional))}.");
            }
        }

        foreach (var column in required)
        {
            if (!header.Contains(column))
            {
                errors.Add(file, 1, $"the column \"{column}\" is missing; add it.");
            }
        }

        if (header.Distinct(StringComparer.Ordinal).Count() != header.Count)
        {
            errors.Add(file, 1, "a column is named twice; remove one.");
        }

        return errors.Count == before;
    }

    private Sample? ReadRow(int ordinal, int line, Func<string, string?> field, Dictionary<string, int> lines)
    {
        var before = errors.Count;
        var (id, label, group) = (field("id")!, field("label") ?? "", field("group") ?? "");
        if (!IsText(id) || (family.HasLabels && !IsText(label)) || (group.Length > 0 && !IsText(group)))
        {
            errors.Add(file, line, $"{string.Join(" and ", required)} must not be empty, and no field may be longer than {MaxText} characters, begin or end with a space, or hold control characters.");
        }
        else if (!lines.TryAdd(id, line))
        {
            errors.Add(file, line, $"id \"{id}\" was already used on line {lines[id]}; every sample needs an id of its own.");
        }

        if (family.HasLabels && family.CheckLabel(manifest.Task, label) is { } reason)
        {
            errors.Add(file, line, reason);
        }

        ImmutableArray<string> tags = string.IsNullOrEmpty(field("tags")) ? [] : [.. field("tags")!.Split(';')];
        if (tags.Any(t => !IsText(t)) || tags.Distinct(StringComparer.Ordinal).Count() != tags.Length)
        {
            errors.Add(file, line, "tags must be different texts with a semicolon between them, as in a;b.");
        }

        SampleSplit? split = field("split") switch { null or "public" => SampleSplit.Public, "hidden" => SampleSplit.Hidden, _ => null };
        if (split is null)
        {
            errors.Add(file, line, $"split \"{field("split")}\" must be public or hidden.");
        }

        var weight = 1.0;
        if (field("weight") is { } text && (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out weight) || !(weight > 0) || weight > 1e6))
        {
            errors.Add(file, line, $"weight \"{text}\" must be a number above 0 and at most 1000000.");
        }

        return errors.Count > before ? null : new Sample(ordinal, id, label, group, tags, split!.Value, weight);
    }

    private static string? Field(List<string> header, List<string> fields, string name)
    {
        var at = header.IndexOf(name);
        return at < 0 ? null : fields[at];
    }

    private static bool IsText(string text) =>
        text.Length is > 0 and <= MaxText && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && !text.Any(char.IsControl);
}
