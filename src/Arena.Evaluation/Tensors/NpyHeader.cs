using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Arena.Evaluation.Tensors;

/// <summary>The three facts of an NPY header, read from the Python dictionary literal it is written as. Only the
/// literal that NumPy writes is understood: strings, True, False and a tuple of whole numbers.</summary>
internal sealed record NpyHeader(string Descriptor, bool FortranOrder, ImmutableArray<int> Shape)
{
    private const string Broken = "the header is not the dictionary numpy.save writes; write it again with numpy.save.";

    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out NpyHeader? header, [NotNullWhen(false)] out string? error)
    {
        var cursor = new Cursor(text);
        string? descriptor = null;
        bool? fortranOrder = null;
        ImmutableArray<int>? shape = null;
        header = null;
        error = Broken;
        if (!cursor.Take((byte)'{'))
        {
            return false;
        }

        while (!cursor.Take((byte)'}'))
        {
            if (!cursor.TryString(out var key) || !cursor.Take((byte)':'))
            {
                return false;
            }

            var read = key switch
            {
                "descr" when descriptor is null => cursor.TryString(out descriptor),
                "fortran_order" when fortranOrder is null => cursor.TryBoolean(out fortranOrder),
                "shape" when shape is null => cursor.TryTuple(out shape),
                _ => false,
            };
            if (!read || (!cursor.Take((byte)',') && !cursor.Ahead((byte)'}')))
            {
                return false;
            }
        }

        if (!cursor.AtEnd || descriptor is null || fortranOrder is null || shape is null)
        {
            return false;
        }

        header = new NpyHeader(descriptor, fortranOrder.Value, shape.Value);
        error = null;
        return true;
    }

    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> rest = text;

        public bool AtEnd
        {
            get
            {
                SkipSpace();
                return rest.IsEmpty;
            }
        }

        public bool Ahead(byte expected)
        {
            SkipSpace();
            return !rest.IsEmpty && rest[0] == expected;
        }

        public bool Take(byte expected)
        {
            if (!Ahead(expected))
            {
                return false;
            }

            rest = rest[1..];
            return true;
        }

        public bool TryString([NotNullWhen(true)] out string? value)
        {
            value = null;
            SkipSpace();
            if (rest.IsEmpty || rest[0] is not ((byte)'\'' or (byte)'"'))
            {
                return false;
            }

            var length = rest[1..].IndexOf(rest[0]);
            if (length is < 0 or > 32 || rest.Slice(1, length).ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return false;
            }

            value = System.Text.Encoding.ASCII.GetString(rest.Slice(1, length));
            rest = rest[(length + 2)..];
            return true;
        }

        public bool TryBoolean([NotNullWhen(true)] out bool? value)
        {
            SkipSpace();
            value = rest.StartsWith("True"u8) ? true : rest.StartsWith("False"u8) ? false : null;
            if (value is null)
            {
                return false;
            }

            rest = rest[(value.Value ? 4 : 5)..];
            return true;
        }

        public bool TryTuple([NotNullWhen(true)] out ImmutableArray<int>? value)
        {
            value = null;
            if (!Take((byte)'('))
            {
                return false;
            }

            var numbers = ImmutableArray.CreateBuilder<int>();
            while (!Take((byte)')'))
            {
                SkipSpace();
                var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                if (digits is <= 0 or > 10 || numbers.Count == 64 || !int.TryParse(rest[..digits], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
                {
                    return false;
                }

                numbers.Add(number);
                rest = rest[digits..];
                if (!Take((byte)',') && !Ahead((byte)')'))
                {
                    return false;
                }
            }

            value = numbers.ToImmutable();
            return true;
        }

        private void SkipSpace() => rest = rest.TrimStart(" \t\r\n"u8);
    }
}
