using System.Globalization;
using System.Text;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Tests.Support;

/// <summary>A suite of a few samples with two classes and any number of "baselines" that no worker in these tests loads.</summary>
internal static class TinySuite
{
    public const int Samples = 8;

    public static SuiteDefinition Make(int baselines = 2, string title = "Tiny", string model = "model")
    {
        using var folder = new TestFolder();
        Write(folder.Path, baselines, title, model);
        return SuiteFolder.Load(folder.Path) is SuiteLoad.Loaded loaded ? loaded.Suite : throw new InvalidOperationException(SuiteFolder.Load(folder.Path).ToString());
    }

    /// <summary>Labels alternate: 0, 1, 0, 1 …</summary>
    public static void Write(string folder, int baselines = 2, string title = "Tiny", string model = "model")
    {
        Directory.CreateDirectory(Path.Combine(folder, "baselines"));
        File.WriteAllText(Path.Combine(folder, "suite.yaml"), $"""
            format: 1
            slug: tiny
            title: {title}
            description: Eight samples of two classes.
            licence: CC0-1.0
            source: made by a test
            task:
              family: classification
              classes: ["zero", "one"]
            samples: samples.csv
            inputs:
              - name: values
                file: values.npy
                type: float32
                shape: [2]
            preprocessing:
              - name: raw
                description: As it is.
                type: float32
                shape: [2]
            outputs: [scores, label]
            metrics:
              - name: accuracy
                title: Accuracy
                kind: binary
                direction: higher
                margin: 0
                aggregation: mean
            hardware: cpu
            limits:
              seconds: 60
              memory_mib: 512
              model_mib: 8
            votes: false
            baselines: baselines/baselines.yaml

            """);
        var rows = new StringBuilder("id,label,group,tags,split,weight\n");
        for (var i = 0; i < Samples; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"s{i},{(i % 2 == 0 ? "zero" : "one")},g{i / 4},,public,1\n");
        }

        File.WriteAllText(Path.Combine(folder, "samples.csv"), rows.ToString());
        File.WriteAllBytes(Path.Combine(folder, "values.npy"), NpyFile.Write(new NpyArray(TensorElementType.Float32, TensorShape.Create([Samples, 2]), new byte[Samples * 2 * 4])));
        File.WriteAllText(Path.Combine(folder, "LICENSE"), "CC0\n");
        File.WriteAllText(Path.Combine(folder, "SOURCE.md"), "Made by a test.\n");
        var list = new StringBuilder("format: 1\nbaselines:\n");
        for (var i = 0; i < baselines; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $$"""
                  - slug: b{{i}}
                    name: Baseline {{i}}
                    description: Number {{i}}.
                    file: b{{i}}.onnx
                    preprocessing: raw
                    output: { name: y, kind: label }
                    parameters: 1
                    training: none
                    licence: CC0-1.0

                """);
            File.WriteAllText(Path.Combine(folder, "baselines", string.Create(CultureInfo.InvariantCulture, $"b{i}.onnx")), model + i.ToString(CultureInfo.InvariantCulture));
        }

        File.WriteAllText(Path.Combine(folder, "baselines", "baselines.yaml"), list.ToString());
    }
}
