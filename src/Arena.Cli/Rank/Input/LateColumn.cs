using System.Runtime.InteropServices;

namespace Arena.Cli.Rank.Input;

/// <summary>A column that takes no room until a value is not the usual one.</summary>
internal sealed class LateColumn<T>(T usual)
    where T : IEquatable<T>
{
    private List<T>? _values;

    public int Count { get; private set; }

    /// <summary>The values; empty where all are the usual one.</summary>
    public Span<T> Values => CollectionsMarshal.AsSpan(_values);

    public void Add(T value)
    {
        if (_values is null && !value.Equals(usual))
        {
            _values = new List<T>(Math.Max(16, 2 * Count));
            CollectionsMarshal.SetCount(_values, Count);
            CollectionsMarshal.AsSpan(_values).Fill(usual);
        }

        _values?.Add(value);
        Count++;
    }
}
