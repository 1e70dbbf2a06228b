namespace Arena.Evaluation.Tensors;

/// <summary>What a tensor looks like without its contents.</summary>
/// <param name="Name">The model's or the suite's name for it.</param>
/// <param name="ElementType">The type of each element.</param>
/// <param name="Shape">All dimensions, the batch axis first and -1.</param>
public sealed record TensorSpec(string Name, TensorElementType ElementType, TensorShape Shape);
