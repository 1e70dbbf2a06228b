using System.Runtime.InteropServices;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

public sealed class SuiteReaderTests
{
    [Fact]
    public void Read_SoundSuite_HoldsWhatTheFilesSay()
    {
        var suite = new SmallSuite().Load();

        Assert.Equal(["a", "b", "c", "d"], suite.Samples.Select(s => s.Id));
        Assert.Equal([0, 1, 0, 1], suite.Reference.ClassOfSample.AsEnumerable());
        Assert.Equal(["x", "y"], suite.Samples[0].Tags.AsEnumerable());
        Assert.Equal((SampleSplit.Hidden, 2.5), (suite.Samples[1].Split, suite.Samples[1].Weight));
        Assert.Equal("tw\"o, quoted", suite.Samples[2].Group);
        Assert.Equal(("picture", TensorElementType.Float32, TensorShape.Create([2])), (suite.Manifest.Input.Name, suite.Manifest.Input.ElementType, suite.Manifest.Input.SampleShape));
        Assert.Equal(new PreprocessingVariant("plain", "", TensorElementType.Float32, [1, 2], 1, 0), suite.Manifest.FindPreprocessing("plain"));
        Assert.Equal(new SuiteMetric("accuracy", "Accuracy", MetricKind.Binary, MetricDirection.Higher, 0, MetricAggregation.Mean), suite.Manifest.Metrics.Single());
        Assert.Equal(new SuiteLimits(10, 100, 1), suite.Manifest.Limits);
        Assert.Equal(("baselines/guess.onnx", new OutputChoice("y", OutputKind.Label)), (suite.Baselines.Single().File, suite.Baselines.Single().Output));
        Assert.Equal(new byte[] { 1, 2, 3 }, suite.Read("baselines/guess.onnx").ToArray());
    }

    [Theory]
    [InlineData("slug: small", "slug: small\ntitel: x", "suite.yaml line 3: \"titel\" is not a key of suite; did you mean \"title\"?")]
    [InlineData("votes: false", "votes: false\ncolour: red", "suite.yaml line 29: \"colour\" is not a key of suite; known keys: format, slug, title, description, licence, source, task, samples, inputs, outputs, metrics, hardware, limits, votes, preprocessing, baselines, arena.")]
    [InlineData("title: Small\n", "", "suite.yaml line 1: \"title\" is missing from suite; add it.")]
    [InlineData("title: Small", "title:", "suite.yaml line 3: \"title\" must be a text and not be empty.")]
    [InlineData("title: Small", "title: [Small]", "suite.yaml line 3: \"title\" must be a text and not be empty.")]
    [InlineData("title: Small", "title: Small\ntitle: Big", "suite.yaml line 4: this is not YAML: ")]
    [InlineData("title: Small", "title: \"Small", "suite.yaml line ")]
    [InlineData("title: Small", "title: &a Small", "suite.yaml line 3: anchors (&) and aliases (*) are not read; write the value out.")]
    [InlineData("title: Small", "title: !!binary c21hbGw=", "suite.yaml line 3: tags (!) are not read; write the value without one.")]
    [InlineData("title: Small", "title: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]", "suite.yaml line 3: values are nested more than 12 deep; the format needs no more than five.")]
    [InlineData("title: Small", "title: [[ x:", "suite.yaml: this is not YAML: a bracket, brace or quote is probably not closed.")]
    [InlineData("title: Small", "---\ntitle: Small", "suite.yaml line 3: a second document (---) begins here; put everything into one.")]
    [InlineData("format: 1", "format: 2", "suite.yaml line 1: \"format\" is 2; this Arena reads format 1. Update Arena or export the suite in that format.")]
    [InlineData("slug: small", "slug: Small Suite", "suite.yaml line 2: \"slug\" is \"Small Suite\"; use 2 to 64 lower-case letters, digits and single hyphens.")]
    [InlineData("family: classification", "family: clairvoyance", "suite.yaml line 8: \"family\" is \"clairvoyance\"; it must be one of: classification, image-to-image, text-to-text.")]
    [InlineData("  family: classification\n", "", "suite.yaml line 8: \"family\" is missing from task; add it.")]
    [InlineData("classes: [cat, dog]", "classes: [cat, cat]", "suite.yaml line 9: \"classes\" must name at least two classes, each once.")]
    [InlineData("classes: [cat, dog]", "classes: []", "suite.yaml line 9: \"classes\" must be a list of 1 to 1000 items.")]
    [InlineData("file: data/pictures.npy", "file: ../../etc/passwd", "suite.yaml line 13: \"file\" is \"../../etc/passwd\", which is not a file inside the suite; use letters, digits, '.', '-' and '_', '/' between folders, and no part that starts with a dot.")]
    [InlineData("file: data/pictures.npy", "file: /etc/passwd", "suite.yaml line 13: \"file\" is \"/etc/passwd\", which is not a file inside the suite; ")]
    [InlineData("samples: samples.csv", "samples: data/../samples.csv", "suite.yaml line 10: \"samples\" is \"data/../samples.csv\", which is not a file inside the suite; ")]
    [InlineData("type: float32\n    shape: [2]", "type: float16\n    shape: [2]", "suite.yaml line 14: \"type\" is \"float16\"; it must be one of: float32, uint8, int64, text.")]
    [InlineData("type: float32\n    shape: [2]", "type: float32", "suite.yaml line 12: \"shape\" is missing from input; add it.")]
    [InlineData("type: float32\n    shape: [2]", "type: text", "suite.yaml line 12: the samples of classification are tensors; set \"type\" to one of: float32, uint8, int64.")]
    [InlineData("type: float32\n    shape: [2]", "type: text\n    shape: [2]", "suite.yaml line 15: \"shape\" is given, and a text has none; remove it.")]
    [InlineData("preprocessing:\n  - name: plain\n    type: float32\n    shape: [1, 2]\n", "", "suite.yaml line 1: \"preprocessing\" is missing from suite; add it.")]
    [InlineData("shape: [1, 2]", "shape: [1, 3]", "suite.yaml line 19: \"shape\" [1, 3] holds 3 numbers, but a sample [2] holds 2; preprocessing reshapes and never adds or drops.")]
    [InlineData("shape: [1, 2]", "shape: [0, 2]", "suite.yaml line 19: \"shape\" must be a list of whole numbers from 1, as in [1, 8, 8]: the shape of one sample, without the batch.")]
    [InlineData("shape: [1, 2]", "shape: [1, 2]\n    scale: .inf", "suite.yaml line 20: \"scale\" must be a number, as in 0.5.")]
    [InlineData("outputs: [scores, label]", "outputs: [scores, audio]", "suite.yaml line 20: \"outputs\" is \"audio\"; it must be one of: scores, label, image, text.")]
    [InlineData("outputs: [scores, label]", "outputs: [scores, image]", "suite.yaml line 20: classification cannot score the output \"image\"; remove it.")]
    [InlineData("name: accuracy", "name: f1", "suite.yaml line 22: classification has no metric \"f1\"; it measures: accuracy, top3.")]
    [InlineData("kind: binary", "kind: numeric", "suite.yaml line 23: \"accuracy\" is binary and higher is better; correct \"kind\" and \"direction\".")]
    [InlineData("direction: higher", "direction: sideways", "suite.yaml line 24: \"direction\" is \"sideways\"; it must be one of: higher, lower.")]
    [InlineData("aggregation: mean", "aggregation: mean\n    margin: -1", "suite.yaml line 26: \"margin\" must be a number and not be negative.")]
    [InlineData("seconds: 10", "seconds: soon", "suite.yaml line 27: \"seconds\" must be a whole number from 1 to 86400.")]
    [InlineData("votes: false", "votes: maybe", "suite.yaml line 28: \"votes\" is \"maybe\"; it must be one of: true, false.")]
    [InlineData("inputs:\n", "inputs:\n  - { name: second, file: b.npy, type: uint8, shape: [1] }\n", "suite.yaml line 12: 2 inputs are listed; format 1 has exactly one.")]
    public void Read_WrongManifest_SaysFileLineAndWhatToDo(string old, string replacement, string expected) =>
        Assert.Contains(new SmallSuite().With("suite.yaml", old, replacement).Errors(), e => e.StartsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("b,dog", "b,eel", "samples.csv line 3: label \"eel\" is not one of the classes in suite.yaml (cat, dog); correct the label or add the class.")]
    [InlineData("c,cat", "a,cat", "samples.csv line 4: id \"a\" was already used on line 2; every sample needs an id of its own.")]
    [InlineData("d,dog,,,public,1", "d,dog,,,public", "samples.csv line 5: this row has 5 fields, the header 6; give every column a field.")]
    [InlineData("x;y", "x;x", "samples.csv line 2: tags must be different texts with a semicolon between them, as in a;b.")]
    [InlineData("hidden", "secret", "samples.csv line 3: split \"secret\" must be public or hidden.")]
    [InlineData("2.5", "-1", "samples.csv line 3: weight \"-1\" must be a number above 0 and at most 1000000.")]
    [InlineData("2.5", "NaN", "samples.csv line 3: weight \"NaN\" must be a number above 0 and at most 1000000.")]
    [InlineData("id,label", "name,label", "samples.csv line 1: \"name\" is not a column; known columns: id, label, group, tags, split, weight.")]
    [InlineData("id,label", "id,id,label", "samples.csv line 1: a column is named twice; remove one.")]
    [InlineData("\"tw\"\"o, quoted\"", "tw\"o", "samples.csv line 4: a field has a quote inside or more than 4096 characters; put the whole field into double quotes and double each quote in it.")]
    [InlineData("\"tw\"\"o, quoted\"", "\"two", "samples.csv line 4: a quoted field does not end within 4096 characters; close it with a double quote.")]
    [InlineData("\"tw\"\"o, quoted\"", "\"two\"x", "samples.csv line 4: a closing quote must be followed by a comma or the end of the line.")]
    [InlineData("a,cat", " a,cat", "samples.csv line 2: id and label must not be empty")]
    public void Read_WrongSamples_SaysFileLineAndWhatToDo(string old, string replacement, string expected) =>
        Assert.Contains(new SmallSuite().With("samples.csv", old, replacement).Errors(), e => e.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_QuotedFieldOverTwoLines_KeepsCountingLines()
    {
        var errors = new SmallSuite().With("samples.csv", "\"tw\"\"o, quoted\"", "\"two\nlines\"").With("samples.csv", "d,dog", "d,eel").Errors();

        Assert.Contains(errors, e => e.StartsWith("samples.csv line 6: label \"eel\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WindowsLineEnds_AreRead() =>
        Assert.Equal(4, new SmallSuite().With("samples.csv", "\n", "\r\n").Load().Samples.Length);

    [Theory]
    [InlineData("file: guess.onnx", "file: other.onnx", "baselines/baselines.yaml line 6: the file baselines/other.onnx does not exist; add it or correct \"file\".")]
    [InlineData("file: guess.onnx", "file: ../samples.csv", "baselines/baselines.yaml line 6: \"file\" is \"../samples.csv\", which is not a file inside the suite; ")]
    [InlineData("preprocessing: plain", "preprocessing: fancy", "baselines/baselines.yaml line 7: \"preprocessing\" is \"fancy\", which suite.yaml does not declare; it has: plain.")]
    [InlineData("    parameters: 0\n", "", "baselines/baselines.yaml line 3: \"parameters\" is missing from baseline; add it.")]
    [InlineData("parameters: 0", "parameters: many", "baselines/baselines.yaml line 9: \"parameters\" must be a whole number from 0 to 9223372036854775807.")]
    [InlineData("licence: CC0-1.0", "license: CC0-1.0", "baselines/baselines.yaml line 11: \"license\" is not a key of baseline; did you mean \"licence\"?")]
    [InlineData("kind: label", "kind: vibes", "baselines/baselines.yaml line 8: \"kind\" is \"vibes\"; it must be one of: scores, label, image, text.")]
    public void Read_WrongBaselines_SaysFileLineAndWhatToDo(string old, string replacement, string expected) =>
        Assert.Contains(new SmallSuite().With("baselines/baselines.yaml", old, replacement).Errors(), e => e.StartsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("suite.yaml", "suite.yaml: the file is missing; a suite's folder needs one at its top.")]
    [InlineData("samples.csv", "samples.csv: the file is missing; suite.yaml names it under \"samples\". Add it or correct the name.")]
    [InlineData("data/pictures.npy", "data/pictures.npy: the file is missing; suite.yaml names it under \"inputs\". Add it or correct the name.")]
    [InlineData("baselines/baselines.yaml", "baselines/baselines.yaml: the file is missing; suite.yaml names it under \"baselines\". Add it or correct the name.")]
    [InlineData("LICENSE", "LICENSE: the file is missing or empty; say in it under which licence the suite may be used.")]
    [InlineData("SOURCE.md", "SOURCE.md: the file is missing or empty; say in it where every file comes from.")]
    public void Read_MissingFile_NamesIt(string file, string expected) => Assert.Equal([expected], new SmallSuite().Without(file).Errors());

    [Fact]
    public void Read_OtherTensor_SaysWhatDiffers()
    {
        var bytes = NpyFile.Write(new NpyArray(TensorElementType.UInt8, [3, 2], new byte[6]));

        Assert.Equal(
            [
                "data/pictures.npy: the array is uint8 with samples of [2], suite.yaml declares float32 [2]; correct one of them.",
                "data/pictures.npy: the array holds 3 samples, the list of samples 4; each row needs its own.",
            ],
            new SmallSuite().With("data/pictures.npy", bytes).Errors());
    }

    [Fact]
    public void Read_BrokenTensor_PassesOnTheReadersSentence() => Assert.Equal(
        ["data/pictures.npy: this is not an NPY file; write it with numpy.save."],
        new SmallSuite().With("data/pictures.npy", SmallSuite.Bytes("hello, this is text")).Errors());

    [Fact]
    public void Read_TensorWithNaN_NamesTheSample()
    {
        float[] values = [0, 1, 2, 3, 4, float.NaN, 6, 7];
        var bytes = NpyFile.Write(new NpyArray(TensorElementType.Float32, [4, 2], MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

        Assert.Equal(["data/pictures.npy: sample 2 holds NaN or infinity; replace it by a number."], new SmallSuite().With("data/pictures.npy", bytes).Errors());
    }

    [Fact]
    public void Read_ModelOverTheSuitesOwnLimit_IsRefused() => Assert.Equal(
        ["baselines/baselines.yaml line 6: baselines/guess.onnx has 1048577 bytes, more than the suite's own limit of 1 MiB; raise \"model_mib\" or make the file smaller."],
        new SmallSuite().With("baselines/guess.onnx", new byte[(1 << 20) + 1]).Errors());

    [Fact]
    public void Read_TextThatIsNotUtf8_NamesTheLine() => Assert.Equal(
        ["samples.csv line 2: the text is not UTF-8; save the file as UTF-8."],
        new SmallSuite().With("samples.csv", [.. "id,label\na,"u8, 0xFF, (byte)'\n']).Errors());

    [Fact]
    public void Read_NameThatLeavesTheSuite_IsRefused() =>
        Assert.StartsWith("the name \"../evil\" cannot be used;", new SmallSuite().With("../evil", [1]).Errors()[0], StringComparison.Ordinal);

    [Fact]
    public void Read_ManyMistakes_AreAllReportedAtOnce()
    {
        var errors = new SmallSuite()
            .With("samples.csv", "b,dog", "b,eel").With("samples.csv", "2.5", "x").With("samples.csv", "c,cat", "a,cat")
            .With("baselines/baselines.yaml", "preprocessing: plain", "preprocessing: fancy")
            .Without("LICENSE").Errors();

        Assert.Equal(5, errors.Length);
        Assert.All(errors, e => Assert.EndsWith(".", e, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_MoreErrorsThanAnybodyReads_AreCounted()
    {
        var rows = string.Concat(Enumerable.Range(0, 150).Select(i => $"s{i},eel\n"));

        var errors = new SmallSuite().With("samples.csv", SmallSuite.Bytes("id,label\n" + rows)).Errors();

        Assert.Equal(101, errors.Length);
        Assert.Equal("50 more errors are not listed; mend these first.", errors[^1]);
    }

    [Theory]
    [InlineData("suite.yaml")]
    [InlineData("samples.csv")]
    [InlineData("baselines/baselines.yaml")]
    public void Read_DamagedText_NeverThrows(string file)
    {
        var whole = new SmallSuite().Files[file].ToArray();
        var damage = from at in Gen.Choose(0, whole.Length - 1)
                     from value in Gen.Frequency((3, Gen.Elements(":-[]{}&*!|>'\"%@`,#?\n \t\0".ToCharArray()).Select(c => (byte)c)), (1, Gen.Choose(0, 255).Select(i => (byte)i)))
                     from length in Gen.Choose(at + 1, whole.Length)
                     select (at, value, length);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(damage.ToArbitrary(), d =>
        {
            var bytes = whole[..d.length];
            bytes[d.at] = d.value;
            return SuiteReader.Read(new SmallSuite().With(file, bytes).Files) is SuiteLoad.Loaded or SuiteLoad.Refused { Errors.Length: > 0 };
        }));
    }
}
