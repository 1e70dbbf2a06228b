using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Arena.Evaluation.Tensors;

/// <summary>The dimensions of a tensor, compared by value. -1 is a dimension that is only known when the model
/// runs (the batch axis). No dimensions: a scalar.</summary>
[CollectionBuilder(typeof(TensorShape), nameof(Create))]
public readonly struct TensorShape : IEquatable<TensorShape>, IReadOnlyList<int>
{
    public const int Dynamic = -1;

    private readonly ImmutableArray<int> dimensions;

    private TensorShape(ImmutableArray<int> dimensions) => this.dimensions = dimensions;

    public static TensorShape Scalar => default;

    public static TensorShape Create(ReadOnlySpan<int> dimensions) => new([.. dimensions]);

    public ImmutableArray<int> Dimensions => dimensions.IsDefault ? [] : dimensions;

    public int Count => Dimensions.Length;

    public int this[int index] => Dimensions[index];

    public bool HasDynamic => Dimensions.Contains(Dynamic);

    /// <summary>Elements in the tensor: the product of its dimensions, 1 for a scalar.</summary>
    /// <exception cref="InvalidOperationException">A dimension is dynamic.</exception>
    /// <exception cref="OverflowException">More than an Int64 holds.</exception>
    public long ElementCount
    {
        get
        {
            var product = 1L;
            foreach (var dimension in Dimensions)
            {
                product = dimension < 0
                    ? throw new InvalidOperationException($"{this} has a dimension that is not known yet.")
                    : checked(product * dimension);
            }

            return product;
        }
    }

    /// <summary>This shape with one more dimension in front.</summary>
    public TensorShape Prepend(int dimension) => new([dimension, .. Dimensions]);

    /// <summary>This shape without its first dimension.</summary>
    public TensorShape WithoutFirst() => new(Dimensions.RemoveAt(0));

    public bool Equals(TensorShape other) => Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    public override bool Equals(object? obj) => obj is TensorShape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)Dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As people write it: [N, 1, 8, 8], N for a dynamic dimension.</summary>
    public override string ToString() =>
        "[" + string.Join(", ", Dimensions.Select(d => d == Dynamic ? "N" : d.ToString(CultureInfo.InvariantCulture))) + "]";

    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);
}
