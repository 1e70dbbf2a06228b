using System.Collections.Immutable;

namespace Arena.Evaluation.Families.Classification;

/// <summary>Which of these classes is it?</summary>
/// <param name="Classes">2 or more different names; a class's position is the number models answer with.</param>
public sealed record ClassificationTask(ImmutableArray<string> Classes) : TaskDefinition(ClassificationFamily.FamilyName)
{
    public override ImmutableArray<string> Classes { get; } = Classes;
}
