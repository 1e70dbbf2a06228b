using Arena.Evaluation.Suites;

namespace Arena.Evaluation.Families;

/// <summary>A metric that a family can measure.</summary>
public sealed record FamilyMetric(string Name, string Title, MetricKind Kind, MetricDirection Direction);
