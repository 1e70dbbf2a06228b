using System.Text.Json.Nodes;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>Keeps eval-suites/suite.schema.json in step with the reader.</summary>
public sealed class SuiteSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Repository.PathOf("eval-suites/suite.schema.json")))!;

    public static TheoryData<string> Maps => [.. KeySets.Keys];

    /// <summary>By the name that the schema has for them; a task goes by its family's.</summary>
    private static Dictionary<string, KeySet> KeySets { get; } = KeySet.All.Select(k => (Name: k.What, Keys: k))
        .Concat(TaskFamilies.All.Select(f => (f.Name, Keys: f.TaskKeys)))
        .ToDictionary(k => k.Name, k => k.Keys, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Maps))]
    public void Schema_EachMap_HasTheReadersKeys(string what)
    {
        var keys = KeySets[what];
        var map = Schema["$defs"]![what]!;

        Assert.Equal(keys.Required.Concat(keys.Optional).Order(StringComparer.Ordinal), map["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(keys.Required.Order(StringComparer.Ordinal), Texts(map["required"]!).Order(StringComparer.Ordinal));
        Assert.False(map["additionalProperties"]!.GetValue<bool>());
    }

    [Fact]
    public void Schema_Lists_AreTheReaders()
    {
        Assert.Equal(TensorElementTypes.Numbers.Select(t => t.Name()), Texts(Schema["$defs"]!["elementType"]!["enum"]!));
        Assert.Equal(Enum.GetValues<OutputKind>().Select(OutputKinds.Name), Texts(Schema["$defs"]!["outputKind"]!["enum"]!));
        Assert.All(TaskFamilies.All, f => Assert.Equal(f.Name, Schema["$defs"]![f.Name]!["properties"]!["family"]!["const"]!.GetValue<string>()));
        Assert.Equal(TaskFamilies.All.Select(f => "#/$defs/" + f.Name), Schema["$defs"]!["task"]!["oneOf"]!.AsArray().Select(o => o!["$ref"]!.GetValue<string>()));
        Assert.Equal(TaskFamilies.All.SelectMany(f => f.Metrics).Select(m => m.Name), Texts(Property("metric", "name")));
        Assert.Equal(Names<MetricKind>(), Texts(Property("metric", "kind")));
        Assert.Equal(Names<MetricDirection>(), Texts(Property("metric", "direction")));
        Assert.Equal(Names<MetricAggregation>(), Texts(Property("metric", "aggregation")));
        Assert.Equal(SuiteManifest.Format, Schema["$defs"]!["suite"]!["properties"]!["format"]!["const"]!.GetValue<int>());
    }

    [Fact]
    public void Documentation_EveryKey_IsExplained()
    {
        var text = File.ReadAllText(Repository.PathOf("docs/suite-format.md"));

        Assert.All(KeySets.Values.SelectMany(k => k.Required.Concat(k.Optional)), key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
    }

    private static JsonNode Property(string map, string name) => Schema["$defs"]![map]!["properties"]![name]!["enum"]!;

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(n => n!.GetValue<string>());

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(n => n.ToLowerInvariant());
}
