using System.Collections.Immutable;
using Arena.Data.Ids;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;

namespace Arena.Application.Suites;

/// <summary>A published suite version as scoring needs it: what suite.yaml says, and the right answers. Immutable.</summary>
/// <param name="Id">The suite version.</param>
/// <param name="Manifest">suite.yaml.</param>
/// <param name="Family">Scores its outputs.</param>
/// <param name="Reference">The right answers.</param>
/// <param name="Weights">What each sample counts.</param>
/// <param name="Groups">The groups that samples belong to, sorted.</param>
/// <param name="GroupOfSample">For each sample the position of its group.</param>
/// <param name="InputBlob">SHA-256 of the input tensor's NPY file.</param>
public sealed record SuiteContract(
    SuiteVersionId Id,
    SuiteManifest Manifest,
    TaskFamily Family,
    ScoringReference Reference,
    ImmutableArray<double> Weights,
    ImmutableArray<string> Groups,
    ImmutableArray<int> GroupOfSample,
    string InputBlob)
{
    public int Samples => Reference.Samples;

    /// <summary>A metric by name; the suite has it, because leaderboards are made from the suite's own metrics.</summary>
    public SuiteMetric Metric(string name) => Manifest.Metrics.First(metric => string.Equals(metric.Name, name, StringComparison.Ordinal));
}
