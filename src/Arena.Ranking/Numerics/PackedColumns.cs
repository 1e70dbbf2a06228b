using Part = Arena.Ranking.Numerics.DenseProducts.Part;

namespace Arena.Ranking.Numerics;

/// <summary>A matrix of depth × columns in strips of 16 columns: 16 neighbours of a row stand side by side, and a strip's rows follow each other. Missing columns are 0.</summary>
internal sealed class PackedColumns(int depth, int columns)
{
    public const int Width = 16;

    private readonly double[] _values = new double[(columns + Width - 1) / Width * Width * depth];

    public int Depth => depth;

    public int Columns => columns;

    public ReadOnlySpan<double> Values => _values;

    /// <summary>Where a row of the strip begins that a column is in; columns go by 16.</summary>
    public ref double At(int row, int column) => ref _values[column * depth + row * Width];

    /// <summary>The strip that columns from a multiple of 16 on are in, as depth × 16 transposed: element (column, row).</summary>
    public Part Strip(int column) => new(_values, column * depth, 1, Width);

    /// <summary>One row, of as many values as there are columns.</summary>
    public void SetRow(int row, ReadOnlySpan<double> values)
    {
        for (int column = 0; column < columns; column += Width)
        {
            values.Slice(column, Math.Min(Width, columns - column)).CopyTo(_values.AsSpan(column * depth + row * Width, Width));
        }
    }

    /// <summary>Packs a part of a matrix, depth × columns.</summary>
    public static PackedColumns Of(Part part, int depth, int columns)
    {
        var packed = new PackedColumns(depth, columns);
        for (int column = 0; column < columns; column += Width)
        {
            int width = Math.Min(Width, columns - column);
            for (int row = 0; row < depth; row++)
            {
                ReadOnlySpan<double> from = part.Values.AsSpan(part.Start + row * part.Stride + column * part.Step);
                Span<double> to = packed._values.AsSpan(column * depth + row * Width, width);
                if (part.Step == 1)
                {
                    from[..width].CopyTo(to);
                    continue;
                }

                for (int k = 0; k < width; k++)
                {
                    to[k] = from[k * part.Step];
                }
            }
        }

        return packed;
    }
}
