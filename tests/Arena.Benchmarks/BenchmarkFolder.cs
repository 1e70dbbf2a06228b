using System.Reflection;

namespace Arena.Benchmarks;

/// <summary>Where the repository is, and a temporary folder for one benchmark.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    public static string Repository { get; } =
        typeof(BenchmarkFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => string.Equals(a.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    public string Path { get; } = Directory.CreateTempSubdirectory("arena-bench-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
