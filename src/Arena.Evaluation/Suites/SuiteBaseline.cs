namespace Arena.Evaluation.Suites;

/// <summary>A model that comes with the suite, or what a system that cannot come with it answered. Results never come with it: it is evaluated like any entry.</summary>
/// <param name="File">Path from the suite's folder.</param>
/// <param name="Recorded">Whether the file holds recorded predictions; else it is a model.</param>
/// <param name="Preprocessing">The name of the variant it wants; empty where predictions are recorded.</param>
/// <param name="Output">Which of the model's outputs counts, and what it means.</param>
/// <param name="Parameters">Learnt numbers in it.</param>
/// <param name="Training">How it was trained and on what.</param>
public sealed record SuiteBaseline(string Slug, string Name, string Description, string File, bool Recorded, string Preprocessing, OutputChoice Output, long Parameters, string Training, string Licence);

/// <summary>Which output of a model counts and what it means.</summary>
public sealed record OutputChoice(string Name, OutputKind Kind);
