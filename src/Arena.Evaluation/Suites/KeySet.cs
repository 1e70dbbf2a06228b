using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>The keys one kind of YAML map may have. eval-suites/suite.schema.json says the same, and a test compares them.</summary>
/// <param name="What">What the map describes, as errors call it.</param>
internal sealed record KeySet(string What, ImmutableArray<string> Required, ImmutableArray<string> Optional)
{
    public static KeySet Suite { get; } = new(
        "suite",
        Required: ["format", "slug", "title", "description", "licence", "source", "task", "samples", "inputs", "outputs", "metrics", "hardware", "limits", "votes"],
        Optional: ["preprocessing", "baselines", "arena"]);

    public static KeySet Arena { get; } = new("arena", Required: ["title", "question", "slate"], Optional: ["reasons", "strength", "acceptable"]);

    public static KeySet Input { get; } = new("input", Required: ["name", "file", "type"], Optional: ["shape"]);

    public static KeySet Preprocessing { get; } = new("preprocessing", Required: ["name", "type", "shape"], Optional: ["description", "scale", "offset"]);

    public static KeySet Metric { get; } = new("metric", Required: ["name", "kind", "direction", "aggregation"], Optional: ["title", "margin"]);

    public static KeySet Limits { get; } = new("limits", Required: ["seconds", "memory_mib", "model_mib"], Optional: []);

    public static KeySet Baselines { get; } = new("baselines", Required: ["format", "baselines"], Optional: []);

    public static KeySet Baseline { get; } = new("baseline", Required: ["slug", "name", "description", "file", "preprocessing", "output", "parameters", "training", "licence"], Optional: []);

    public static KeySet RecordedBaseline { get; } = new("recorded baseline", Required: ["slug", "name", "description", "predictions", "parameters", "training", "licence"], Optional: []);

    public static KeySet Output { get; } = new("output", Required: ["name", "kind"], Optional: []);

    /// <summary>All but the families' own.</summary>
    public static ImmutableArray<KeySet> All { get; } = [Suite, Input, Preprocessing, Metric, Limits, Baselines, Baseline, RecordedBaseline, Output, Arena];

    public bool Knows(string key) => Required.Contains(key, StringComparer.Ordinal) || Optional.Contains(key, StringComparer.Ordinal);

    /// <summary>The key that was probably meant: at most two letters off.</summary>
    public string? Nearest(string key) =>
        Required.Concat(Optional).Select(k => (Key: k, Distance: Distance(k, key))).Where(k => k.Distance <= 2).OrderBy(k => k.Distance).FirstOrDefault().Key;

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
