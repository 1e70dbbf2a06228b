using System.Collections.Immutable;

namespace Arena.Evaluation.Families.ImageToImage;

/// <summary>Which picture belongs to this one?</summary>
/// <param name="Height">Of every answer, in pixels.</param>
/// <param name="Width">Of every answer, in pixels.</param>
/// <param name="ReferenceFile">The NPY file that holds the right pictures; empty where only sizes are known.</param>
public sealed record ImageToImageTask(int Height, int Width, string ReferenceFile) : TaskDefinition(ImageToImageFamily.FamilyName)
{
    public const int Colours = 3;

    public override ImmutableArray<string> ReferenceFiles => [ReferenceFile];

    /// <summary>Numbers in one picture.</summary>
    internal int Elements => Height * Width * Colours;
}
