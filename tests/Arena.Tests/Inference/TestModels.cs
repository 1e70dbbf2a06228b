using System.Reflection;

namespace Arena.Tests.Inference;

/// <summary>The models that Inference/Models/make_models.py wrote.</summary>
internal static class TestModels
{
    public static string Root { get; } = typeof(TestModels).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => string.Equals(a.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "Arena.Tests", "Inference", "Models", name + ".onnx");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
