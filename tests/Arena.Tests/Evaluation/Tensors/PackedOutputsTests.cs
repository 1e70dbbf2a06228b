using Arena.Evaluation.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Tensors;

public sealed class PackedOutputsTests
{
    private static readonly Gen<OutputChunk> Chunks =
        from first in Gen.Choose(0, 100_000)
        from count in Gen.Choose(0, 20)
        from tensors in Gen.Choose(1, 4)
        from types in Gen.Elements(TensorElementType.Float32, TensorElementType.UInt8, TensorElementType.Int64, TensorElementType.String).ArrayOf(tensors)
        from shapes in Gen.Choose(0, 4).ArrayOf().Resize(4).ArrayOf(tensors)
        from seed in Gen.Choose(0, int.MaxValue)
        select Chunk(first, count, types, shapes, seed);

    private static readonly Gen<string> Texts =
        from runes in Gen.OneOf(Gen.Choose(0, 0x7F), Gen.Choose(0x80, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF)).ArrayOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    [Fact]
    public void TryRead_WhatEncodeWrote_IsTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(Chunks.ToArbitrary(), chunk =>
    {
        if (!PackedOutputs.TryRead(PackedOutputs.Encode(chunk), out var read, out _))
        {
            return false;
        }

        return (read.FirstOrdinal, read.Count, read.Outputs.Length) == (chunk.FirstOrdinal, chunk.Count, chunk.Outputs.Length)
            && read.Outputs.Zip(chunk.Outputs).All(p => p.First with { Data = default } == p.Second with { Data = default } && p.First.Data.Span.SequenceEqual(p.Second.Data.Span));
    }));

    [Fact]
    public void Encode_KnownChunk_GivesTheDocumentedBytes()
    {
        var chunk = new OutputChunk(258, 2, [new("é", TensorElementType.UInt8, [3], new byte[] { 1, 2, 3, 4, 5, 6 })]);

        Assert.Equal(
            [.. "ARPO"u8, 1, 1, 0, 0, 2, 1, 0, 0, 2, 0, 0, 0, 2, 0xC3, 0xA9, 2, 1, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6],
            PackedOutputs.Encode(chunk));
    }

    [Fact]
    public void Encode_Texts_GivesTheDocumentedBytes()
    {
        var chunk = new OutputChunk(0, 3, [new("t", TensorElementType.String, [], PackedTexts.Encode(["é", "", "ab"]))]);

        Assert.Equal(
            [.. "ARPO"u8, 2, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, (byte)'t', 8, 0, 2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 0xC3, 0xA9, (byte)'a', (byte)'b'],
            PackedOutputs.Encode(chunk));
    }

    [Fact]
    public void TryRead_AnyTexts_AreThemselves() => Check.QuickThrowOnFailure(Prop.ForAll(
        Texts.ArrayOf().ToArbitrary(),
        written =>
        {
            var chunk = new OutputChunk(5, written.Length, [new("t", TensorElementType.String, [], PackedTexts.Encode(written))]);
            return PackedOutputs.TryRead(PackedOutputs.Encode(chunk), out var read, out _)
                && written.Index().All(text => string.Equals(PackedTexts.Read(read.Outputs[0].Data.Span, written.Length, text.Index), text.Item, StringComparison.Ordinal));
        }));

    [Theory]
    [InlineData(20, 3, "text 1 is said to reach from byte 3 to 2")] // the second text would begin before the first has ended
    [InlineData(27, 0x7F, "text 1 is said to reach")] // far behind the end
    [InlineData(28, 4, "1 bytes after its last output")]
    [InlineData(28, 6, "text 2 is said to reach from byte 2 to 6")]
    [InlineData(32, 0xFF, "text 0 is not UTF-8")]
    [InlineData(4, 1, "version 1 cannot hold")]
    [InlineData(15, 1, "it ends before it has said where")] // 16,777,219 samples
    public void TryRead_TextsWithOneWrongByte_SaysWhich(int at, byte value, string expected)
    {
        var bytes = PackedOutputs.Encode(new OutputChunk(0, 3, [new("t", TensorElementType.String, [], PackedTexts.Encode(["é", "", "abc"]))]));
        bytes[at] = value;

        Assert.False(PackedOutputs.TryRead(bytes, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>Half of a character at the end of one text and half at the beginning of the next.</summary>
    [Fact]
    public void TryRead_EndInsideACharacter_IsRefused()
    {
        var bytes = PackedOutputs.Encode(new OutputChunk(0, 2, [new("t", TensorElementType.String, [], PackedTexts.Encode(["é", "a"]))]));
        bytes[20] = 1;

        Assert.False(PackedOutputs.TryRead(bytes, out _, out var error));

        Assert.Contains("text 0 is not UTF-8", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_TextLongerThanPossible_Throws()
    {
        Assert.Equal(PackedTexts.MaxBytes + 4, PackedTexts.Encode([new string('x', PackedTexts.MaxBytes)]).Length);

        Assert.Throws<ArgumentException>(() => PackedTexts.Encode([new string('x', PackedTexts.MaxBytes + 1)]));
        Assert.ThrowsAny<ArgumentException>(() => PackedTexts.Encode(["\ud800"]));
    }

    [Fact]
    public void TryRead_AnyCut_IsRefusedWithASentence()
    {
        var whole = PackedOutputs.Encode(Chunk(7, 3, [TensorElementType.Float32, TensorElementType.Int64], [[10], []], 1));

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(PackedOutputs.TryRead(whole.AsMemory(0, length), out _, out var error), $"{length} of {whole.Length} bytes were read as a chunk");
            Assert.EndsWith(".", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TryRead_OneByteMore_IsRefused()
    {
        byte[] longer = [.. PackedOutputs.Encode(Chunk(0, 1, [TensorElementType.UInt8], [[]], 1)), 0];

        Assert.False(PackedOutputs.TryRead(longer, out _, out var error));

        Assert.Contains("1 bytes after its last output", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 9, "version 9")]
    [InlineData(5, 0, "0 outputs")]
    [InlineData(5, 17, "17 outputs")]
    [InlineData(11, 0x80, "range of ordinals")]
    [InlineData(15, 0x7F, "announced")]
    [InlineData(18, 3, "element type 3")]
    [InlineData(19, 9, "9 axes")]
    [InlineData(23, 0xFF, "impossible shape")]
    [InlineData(17, 0xFF, "not text")]
    public void TryRead_OneWrongByte_SaysWhich(int at, byte value, string expected)
    {
        var bytes = PackedOutputs.Encode(new OutputChunk(1, 2, [new("a", TensorElementType.UInt8, [3], new byte[6])]));
        bytes[at] = value;

        Assert.False(PackedOutputs.TryRead(bytes, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_SameNameTwice_IsRefused()
    {
        var bytes = PackedOutputs.Encode(new OutputChunk(0, 1, [new("a", TensorElementType.UInt8, [], new byte[1]), new("b", TensorElementType.UInt8, [], new byte[1])]));
        bytes[Array.IndexOf(bytes, (byte)'b')] = (byte)'a';

        Assert.False(PackedOutputs.TryRead(bytes, out _, out var error));

        Assert.Contains("'a' twice", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_RandomBytesAfterTheMagic_NeverThrows() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Choose(0, 255).ArrayOf().Resize(80).ToArbitrary(), tail =>
        {
            byte[] bytes = [.. "ARPO"u8, (byte)(1 + tail.Length % 2), .. tail.Select(b => (byte)b)];
            return PackedOutputs.TryRead(bytes, out _, out var error) || error.Length > 0;
        }));

    [Fact]
    public void TryRead_DamagedChunks_NeverThrow()
    {
        var damage = from chunk in Chunks from at in Gen.Choose(0, 80) from value in Gen.Choose(0, 255) select (chunk, at, (byte)value);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(damage.ToArbitrary(), d =>
        {
            var bytes = PackedOutputs.Encode(d.chunk);
            bytes[d.at % bytes.Length] = d.Item3;
            return PackedOutputs.TryRead(bytes, out var read, out var error)
                ? read.Outputs.All(o => o.Holds(read.Count))
                : error.Length > 0;
        }));
    }

    [Fact]
    public void Encode_DataOfAnotherLength_Throws()
    {
        var wrong = new OutputChunk(0, 2, [new("a", TensorElementType.Float32, [3], new byte[23])]);

        var thrown = Assert.Throws<ArgumentException>(() => PackedOutputs.Encode(wrong));

        Assert.Contains("has 23 bytes; 2 samples of float32 [3] need 24", thrown.Message, StringComparison.Ordinal);
    }

    private static OutputChunk Chunk(int first, int count, TensorElementType[] types, int[][] shapes, int seed)
    {
        var random = new Random(seed);
        return new OutputChunk(first, count, [.. types.Select((type, i) =>
        {
            var shape = TensorShape.Create(shapes[i].Take(PackedOutputs.MaxRank).ToArray());
            var elements = (int)shape.ElementCount * count;
            if (type == TensorElementType.String)
            {
                return new OutputTensor($"output-{i}", type, shape, PackedTexts.Encode([.. Enumerable.Range(0, elements).Select(_ => new string('é', random.Next(4)))]));
            }

            var data = new byte[elements * type.SizeInBytes()];
            random.NextBytes(data);
            return new OutputTensor($"output-{i}", type, shape, data);
        })]);
    }
}
