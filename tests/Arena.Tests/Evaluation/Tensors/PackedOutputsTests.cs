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
        from types in Gen.Elements(TensorElementType.Float32, TensorElementType.UInt8, TensorElementType.Int64).ArrayOf(tensors)
        from shapes in Gen.Choose(0, 4).ArrayOf().Resize(4).ArrayOf(tensors)
        from seed in Gen.Choose(0, int.MaxValue)
        select Chunk(first, count, types, shapes, seed);

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
            byte[] bytes = [.. "ARPO"u8, 1, .. tail.Select(b => (byte)b)];
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
                ? read.Outputs.All(o => o.Data.Length == o.SampleBytes * read.Count)
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
            var data = new byte[shape.ElementCount * type.SizeInBytes() * count];
            random.NextBytes(data);
            return new OutputTensor($"output-{i}", type, shape, data);
        })]);
    }
}
