using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "0 samples")]
    [InlineData(1, "1 sample")]
    [InlineData(1797, "1,797 samples")]
    public void Count_WithNoun_AgreesInNumber(long value, string text) => Assert.Equal(text, Text.Count(value, "sample"));

    [Theory]
    [InlineData(0, 899, "0 %")]
    [InlineData(1, 899, "1 %")]
    [InlineData(450, 899, "50 %")]
    [InlineData(898, 899, "99 %")]
    [InlineData(899, 899, "100 %")]
    [InlineData(0, 0, "0 %")]
    public void Share_NearTheEnds_ClaimsNeitherNothingNorAll(long part, long whole, string text) => Assert.Equal(text, Text.Share(part, whole));

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(41_231, "41.2 KB")]
    [InlineData(3_400_000, "3.4 MB")]
    public void Bytes_AnySize_DecimalUnits(long bytes, string text) => Assert.Equal(text, Text.Bytes(bytes));

    [Theory]
    [InlineData("onnx-model", "ONNX model")]
    [InlineData("OnnxModel", "ONNX model")]
    [InlineData("something", "something")]
    public void Kind_InEitherSpelling_IsForPeople(string kind, string text) => Assert.Equal(text, Text.Kind(kind));
}
