using System.Collections.Immutable;

namespace Arena.Evaluation.Families.TextToText;

/// <summary>Which text belongs to this one?</summary>
/// <param name="TextsFile">The JSONL file of the samples, which some metrics compare answers with; empty where it is not known.</param>
/// <param name="ReferenceFile">The JSONL file of right texts; null where there are none.</param>
public sealed record TextToTextTask(string TextsFile, string? ReferenceFile) : TaskDefinition(TextToTextFamily.FamilyName)
{
    public override ImmutableArray<string> ReferenceFiles => ReferenceFile is null ? [TextsFile] : [TextsFile, ReferenceFile];
}
