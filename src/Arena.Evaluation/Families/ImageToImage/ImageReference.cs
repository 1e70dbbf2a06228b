using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Families.ImageToImage;

/// <summary>The right picture of each sample: uint8 [samples, height, width, 3].</summary>
internal sealed record ImageReference(NpyArray Pictures) : ScoringReference(Pictures.SampleCount);
