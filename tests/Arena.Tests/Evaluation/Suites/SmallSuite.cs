using System.Text;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>A sound suite of four samples, kept as text so that a test can break one thing in it.</summary>
internal sealed class SmallSuite
{
    public const string Manifest = """
        format: 1
        slug: small
        title: Small
        description: Four samples.
        licence: CC0-1.0
        source: made up for a test
        task:
          family: classification
          classes: [cat, dog]
        samples: samples.csv
        inputs:
          - name: picture
            file: data/pictures.npy
            type: float32
            shape: [2]
        preprocessing:
          - name: plain
            type: float32
            shape: [1, 2]
        outputs: [scores, label]
        metrics:
          - name: accuracy
            kind: binary
            direction: higher
            aggregation: mean
        hardware: cpu
        limits: { seconds: 10, memory_mib: 100, model_mib: 1 }
        votes: false
        baselines: baselines/baselines.yaml

        """;

    /// <summary>Bytes of one right picture of <see cref="OfPictures"/>.</summary>
    public const int PictureBytes = 12 * 16 * 3;

    public const string Samples = """
        id,label,group,tags,split,weight
        a,cat,one,x;y,public,1
        b,dog,one,,hidden,2.5
        c,cat,"tw""o, quoted",x,public,1
        d,dog,,,public,1

        """;

    public const string Baselines = """
        format: 1
        baselines:
          - slug: guess
            name: Guess
            description: Guesses.
            file: guess.onnx
            preprocessing: plain
            output: { name: y, kind: label }
            parameters: 0
            training: none
            licence: CC0-1.0

        """;

    public SortedDictionary<string, ReadOnlyMemory<byte>> Files { get; } = new(StringComparer.Ordinal)
    {
        ["suite.yaml"] = Bytes(Manifest),
        ["samples.csv"] = Bytes(Samples),
        ["data/pictures.npy"] = NpyFile.Write(new NpyArray(TensorElementType.Float32, [4, 2], new byte[32])),
        ["baselines/baselines.yaml"] = Bytes(Baselines),
        ["baselines/guess.onnx"] = new byte[] { 1, 2, 3 },
        ["LICENSE"] = Bytes("CC0-1.0"),
        ["SOURCE.md"] = Bytes("made up"),
    };

    /// <summary>The same four samples as pictures of 12 × 16 that are asked for, each right one of a single brightness: 0, 10, 20, 30.</summary>
    public static SmallSuite OfPictures() => new SmallSuite()
        .With("suite.yaml", "  family: classification\n  classes: [cat, dog]\n", "  family: image-to-image\n  reference: right.npy\n  shape: [12, 16, 3]\n")
        .With("suite.yaml", "outputs: [scores, label]", "outputs: [image]")
        .With("suite.yaml", "name: accuracy\n    kind: binary", "name: psnr\n    kind: numeric")
        .With("samples.csv", Bytes("id\na\nb\nc\nd\n"))
        .With("baselines/baselines.yaml", "kind: label", "kind: image")
        .With("right.npy", References(4));

    /// <summary>The same four samples as texts that are to be answered, with right answers and one baseline's recorded answers.</summary>
    public static SmallSuite OfTexts() => new SmallSuite()
        .With("suite.yaml", "  family: classification\n  classes: [cat, dog]\n", "  family: text-to-text\n  reference: right.jsonl\n")
        .With("suite.yaml", "name: picture\n    file: data/pictures.npy\n    type: float32\n    shape: [2]", "name: passage\n    file: texts.jsonl\n    type: text")
        .With("suite.yaml", "preprocessing:\n  - name: plain\n    type: float32\n    shape: [1, 2]\n", "")
        .With("suite.yaml", "outputs: [scores, label]", "outputs: [text]")
        .With("suite.yaml", "name: accuracy\n    kind: binary", "name: rouge1\n    kind: numeric")
        .With("samples.csv", Bytes("id\na\nb\nc\nd\n"))
        .With("baselines/baselines.yaml", "file: guess.onnx\n    preprocessing: plain\n    output: { name: y, kind: label }", "predictions: guess.jsonl")
        .Without("baselines/guess.onnx")
        .Without("data/pictures.npy")
        .With("texts.jsonl", Rows("text", "one two three four", "the cat sat", "a b c d", "words"))
        .With("right.jsonl", Rows("text", "one two", "the cat", "d c b a", "others"))
        .With("baselines/guess.jsonl", Rows("output", "one two", "the dog", "a b c d", ""));

    /// <summary>JSONL with a text for each of the samples a, b, c, d.</summary>
    public static byte[] Rows(string key, params string[] texts) =>
        Bytes(string.Concat(texts.Select((text, i) => $"{{\"sample\": \"{(char)('a' + i)}\", \"{key}\": {System.Text.Json.JsonSerializer.Serialize(text)}}}\n")));

    public static byte[] References(int samples) =>
        NpyFile.Write(new NpyArray(TensorElementType.UInt8, [samples, 12, 16, 3], Enumerable.Range(0, samples * PictureBytes).Select(i => (byte)(10 * (i / PictureBytes))).ToArray()));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Replaces text that must be there in one of the files.</summary>
    public SmallSuite With(string file, string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(Files[file].Span);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Files[file] = Bytes(text.Replace(old, replacement, StringComparison.Ordinal));
        return this;
    }

    public SmallSuite With(string file, byte[] bytes)
    {
        Files[file] = bytes;
        return this;
    }

    public SmallSuite Without(string file)
    {
        Assert.True(Files.Remove(file));
        return this;
    }

    public SuiteDefinition Load() => Assert.IsType<SuiteLoad.Loaded>(SuiteReader.Read(Files)).Suite;

    public string[] Errors() => Errors(SuiteReader.Read(Files));

    public static string[] Errors(SuiteLoad load) => [.. Assert.IsType<SuiteLoad.Refused>(load).Errors.Select(e => e.ToString())];

    public void WriteTo(string folder)
    {
        foreach (var (path, bytes) in Files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, bytes.Span);
        }
    }
}
