using System.Text;
using Arena.Evaluation.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Tensors;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData(TensorElementType.UInt8)]
    [InlineData(TensorElementType.Float32)]
    [InlineData(TensorElementType.Int64)]
    public void TryRead_WhatWriteWrote_IsTheSame(TensorElementType type) => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 5).ArrayOf(3).ToArbitrary(), shape =>
        {
            var tensor = TensorShape.Create(shape);
            var data = new byte[tensor.ElementCount * type.SizeInBytes()];
            new Random(data.Length).NextBytes(data);

            var read = NpyFile.TryRead(NpyFile.Write(new NpyArray(type, tensor, data)), out var array, out _);

            return read && array!.ElementType == type && array.Shape == tensor && array.Data.Span.SequenceEqual(data);
        }));

    [Fact]
    public void TryRead_NumpysOwnFile_ReadsTypeShapeAndFirstPixel()
    {
        var file = File.ReadAllBytes(Repository.PathOf("eval-suites/digits/images.npy"));

        Assert.True(NpyFile.TryRead(file, out var array, out var error), error);

        Assert.Equal((TensorElementType.UInt8, TensorShape.Create([899, 8, 8])), (array.ElementType, array.Shape));
        Assert.Equal(file[128..192], array.Samples(0, 1).ToArray());
        Assert.Equal(file[^64..], array.Samples(898, 1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Samples(898, 2));
    }

    [Fact]
    public void Write_SameArrayAsNumpy_GivesNumpysBytes()
    {
        var file = File.ReadAllBytes(Repository.PathOf("eval-suites/digits/images.npy"));
        Assert.True(NpyFile.TryRead(file, out var array, out _));

        Assert.Equal(file, NpyFile.Write(array));
    }

    [Fact]
    public void TryRead_Version2_IsRead()
    {
        var header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n";
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, (byte)header.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[16]];

        Assert.True(NpyFile.TryRead(file, out var array, out var error), error);

        Assert.Equal((TensorElementType.Int64, 2), (array.ElementType, array.SampleCount));
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8, "element type '>f4' is not read")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8, "element type '|O' is not read")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", 8, "Fortran order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8, "claims 12 bytes of data, the file holds 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 8, "claims 4 bytes of data, the file holds 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 4, "0 axes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }", 8, "more than 2 GiB")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2147483647, 2147483647, 2147483647), }", 0, "more than 2 GiB")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 8, "not the dictionary")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, "not the dictionary")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", 8, "not the dictionary")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8, "not the dictionary")]
    [InlineData("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }", 8, "not the dictionary")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", 8, "not the dictionary")]
    [InlineData("", 8, "not the dictionary")]
    public void TryRead_WrongHeader_SaysWhatAndWhatToDo(string header, int dataBytes, string expected)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[dataBytes]];

        Assert.False(NpyFile.TryRead(file, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 3, 0, 0, 0, 0, 0 }, "version 3.0 is not read")]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 2, 0, 0, 0, 0, 128 }, "claims 2147483648 bytes")]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 2, 0, 0, 0 }, "version 2.0 is not read")]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 200, 0, 0 }, "claims 200 bytes")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "not an NPY file")]
    public void TryRead_WrongStart_SaysWhatAndWhatToDo(byte[] file, string expected)
    {
        Assert.False(NpyFile.TryRead(file, out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>A valid file with bytes changed and cut anywhere: read or refused with a sentence, never anything else.</summary>
    [Fact]
    public void TryRead_DamagedFiles_NeverThrow()
    {
        var whole = NpyFile.Write(new NpyArray(TensorElementType.Float32, [3, 2], new byte[24]));
        var damage = from at in Gen.Choose(0, whole.Length - 1)
                     from value in Gen.Choose(0, 255)
                     from length in Gen.Choose(0, whole.Length)
                     from cut in Gen.Elements(true, false)
                     select (at, (byte)value, cut ? length : whole.Length);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(damage.ToArbitrary(), d =>
        {
            var file = whole.ToArray();
            file[d.at] = d.Item2;
            return NpyFile.TryRead(file.AsMemory(0, d.Item3), out var array, out var error)
                ? array.Data.Length == array.SampleBytes * array.SampleCount
                : error.Length > 0;
        }));
    }
}
