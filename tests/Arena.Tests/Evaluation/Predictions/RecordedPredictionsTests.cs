using System.Text;
using Arena.Evaluation.Predictions;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation.Suites;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Predictions;

public sealed class RecordedPredictionsTests
{
    private const string A = "{\"sample\": \"a\", \"output\": \"1\"}\n";
    private const string B = "{\"sample\": \"b\", \"output\": \"2\"}\n";
    private const string C = "{\"sample\": \"c\", \"output\": \"3\"}\n";
    private const string D = "{\"sample\": \"d\", \"output\": \"4\"}\n";
    private static readonly SuiteManifest Manifest = SmallSuite.OfTexts().Load().Manifest;
    private static readonly string[] Ids = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(A + B + C + D)]
    [InlineData(D + B + A + C)] // any order
    [InlineData("\uFEFF" + A + "{\"output\":\"2\",\"sample\":\"b\"}\r\n" + C + "  {\"sample\": \"d\", \"output\": \"4\"}")]
    public void TryRead_OneLineForEachSample_IsThemByOrdinal(string file)
    {
        Assert.True(RecordedPredictions.TryRead(Manifest, Ids, "p.jsonl", Encoding.UTF8.GetBytes(file), out var read, out var errors));

        Assert.Empty(errors);
        var chunk = read.Pack(1, 3);
        Assert.Equal((1, 3), (chunk.FirstOrdinal, chunk.Count));
        Assert.Equal(["2", "3", "4"], Enumerable.Range(0, 3).Select(i => PackedTexts.Read(chunk.Outputs[0].Data.Span, 3, i)));
    }

    [Theory]
    [InlineData(A + B + C, "p.jsonl: 1 of 4 samples have no line that can be read: d. Add one for each.")]
    [InlineData("", "p.jsonl: 4 of 4 samples have no line that can be read: a, b, c, d. Add one for each.")]
    [InlineData(A + B + B + C, "p.jsonl line 3: sample \"b\" was already answered on line 2; remove one of the two.")]
    [InlineData(A + B + C + D + A, "p.jsonl line 5: the file goes on here, and the suite has 4 samples; write one line for each.")]
    [InlineData(A + "{\"sample\": \"e\", \"output\": \"\"}\n" + C + D, "p.jsonl line 2: the suite has no sample \"e\"; correct the id or remove the line.")]
    [InlineData(A + "\n" + C + D, "p.jsonl line 2: this is not a JSON object on a line of its own; write {\"sample\": \"…\", \"output\": \"…\"}.")]
    [InlineData(A + "[1]\n" + C + D, "p.jsonl line 2: this is not a JSON object")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"2\"\n" + C + D, "p.jsonl line 2: this is not a JSON object")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"\\ud800\"}\n" + C + D, "p.jsonl line 2: this is not a JSON object")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"2\"} {}\n" + C + D, "p.jsonl line 2: this is not a JSON object")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": 2}\n" + C + D, "p.jsonl line 2: \"output\" must be a text, once on a line.")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": null}\n" + C + D, "p.jsonl line 2: \"output\" must be a text, once on a line.")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"2\", \"output\": \"3\"}\n" + C + D, "p.jsonl line 2: \"output\" must be a text, once on a line.")]
    [InlineData(A + "{\"sample\": \"b\"}\n" + C + D, "p.jsonl line 2: the line must be one object with the keys sample and output, and nothing else.")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"2\", \"score\": \"3\"}\n" + C + D, "p.jsonl line 2: \"score\" is not a key of a line; known keys: sample, output.")]
    [InlineData(A + "{\"sample\": \"b\", \"output\": \"\\u0000\"}\n" + C + D, "p.jsonl line 2: \"output\" has control characters; only line breaks and tabs are possible.")]
    public void TryRead_WrongLine_SaysWhichAndWhatToDo(string file, string expected) =>
        Assert.Contains(Errors(Encoding.UTF8.GetBytes(file)), e => e.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void TryRead_SeveralWrongLines_ReportsThemAllTogether() =>
        Assert.Equal([1, 2, 4, null], ReadErrors(Encoding.UTF8.GetBytes("x\n" + C.Replace("\"3\"", "3", StringComparison.Ordinal) + D + D)).Select(e => e.Line));

    [Fact]
    public void TryRead_InvalidUtf8_NamesTheLine()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(A), .. "{\"sample\": \"b\", \"output\": \""u8, 0xFF, .. "\"}\n"u8, .. Encoding.UTF8.GetBytes(C + D)];

        Assert.Contains("p.jsonl line 2: the line is not UTF-8; save the file as UTF-8.", Errors(file));
    }

    [Fact]
    public void TryRead_OutputTooLong_NamesTheLineAndTheLength()
    {
        string File(int length) => A + B.Replace("2", new string('é', length), StringComparison.Ordinal) + C + D;

        Assert.Empty(Errors(Encoding.UTF8.GetBytes(File(PackedTexts.MaxBytes / 2))));
        Assert.Equal(["p.jsonl line 2: \"output\" has 65538 bytes of UTF-8, and at most 65536 are possible; make it shorter."], Errors(Encoding.UTF8.GetBytes(File(PackedTexts.MaxBytes / 2 + 1))));
        Assert.StartsWith("p.jsonl line 2: the line has ", Errors(Encoding.UTF8.GetBytes(File(PackedTexts.MaxBytes * 4)))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_ManyWrongLines_AreListedUpToAHundred()
    {
        string[] ids = [.. Enumerable.Range(0, 300).Select(i => $"s{i}")];

        Assert.False(RecordedPredictions.TryRead(Manifest, ids, "p.jsonl", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", 300))), out _, out var errors));

        Assert.Equal(101, errors.Length);
        Assert.Equal("201 more errors are not listed; mend these first.", errors[^1].ToString());
    }

    [Fact]
    public void TryRead_SuiteThatTakesNoTexts_IsRefused()
    {
        Assert.False(RecordedPredictions.TryRead(new SmallSuite().Load().Manifest, Ids, "p.jsonl", Encoding.UTF8.GetBytes(A + B + C + D), out _, out var errors));

        Assert.Equal("p.jsonl: the suite small takes outputs of the kind scores, label, and recorded predictions are texts; submit a model.", Assert.Single(errors).ToString());
    }

    [Fact]
    public void TryRead_AnyBytes_NeverThrows() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(
            (from at in Gen.Choose(0, (A + B + C + D).Length - 1) from value in Gen.Choose(0, 255) select (at, (byte)value)).ArrayOf().ToArbitrary(),
            damage =>
            {
                var bytes = Encoding.UTF8.GetBytes(A + B + C + D);
                foreach (var (at, value) in damage)
                {
                    bytes[at] = value;
                }

                return RecordedPredictions.TryRead(Manifest, Ids, "p.jsonl", bytes, out var read, out var errors) ? read.Count == 4 && errors.IsEmpty : errors.All(e => e.Message.EndsWith('.'));
            }));

    private static string[] Errors(byte[] file) => [.. ReadErrors(file).Select(e => e.ToString())];

    private static IEnumerable<SuiteError> ReadErrors(byte[] file)
    {
        RecordedPredictions.TryRead(Manifest, Ids, "p.jsonl", file, out _, out var errors);
        return errors;
    }
}
