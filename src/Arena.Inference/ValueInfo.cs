using System.Collections.Immutable;

namespace Arena.Inference;

/// <summary>One input or output as the model declares it.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Kind">Only <see cref="ValueKind.Tensor"/> can be handed in or read.</param>
/// <param name="ElementType"><see cref="TensorElementType.Undefined"/> where this is not a tensor.</param>
/// <param name="Dimensions">-1 where the axis is dynamic; empty for a scalar, for a tensor of undeclared rank, and where this is not a tensor.</param>
/// <param name="SymbolicNames">As long as <paramref name="Dimensions"/>: the name of a dynamic axis, "" where it is fixed or has no name.</param>
public sealed record ValueInfo(
    string Name,
    ValueKind Kind,
    TensorElementType ElementType,
    ImmutableArray<long> Dimensions,
    ImmutableArray<string> SymbolicNames)
{
    public override string ToString() => Kind == ValueKind.Tensor
        ? $"{Name}: {ElementType}[{string.Join(", ", Dimensions.Select((d, i) => d >= 0 ? d.ToString(System.Globalization.CultureInfo.InvariantCulture) : SymbolicNames[i].Length > 0 ? SymbolicNames[i] : "?"))}]"
        : $"{Name}: {Kind}";
}
