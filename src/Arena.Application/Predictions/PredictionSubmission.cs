namespace Arena.Application.Predictions;

/// <summary>What somebody hands in: the answers of a system that ran elsewhere.</summary>
/// <param name="Suite">The slug of the suite that was answered, in its newest version.</param>
/// <param name="Entry">The entry's name in addresses: a new one, or one of the submitter's own, which gets a new version.</param>
/// <param name="Name">What people read.</param>
/// <param name="Description">What the system is and how it was run.</param>
/// <param name="Licence">Of the predictions; null when nothing is said.</param>
/// <param name="Content">The JSONL file.</param>
public sealed record PredictionSubmission(string Suite, string Entry, string Name, string Description, string? Licence, ReadOnlyMemory<byte> Content);
