using System.Reflection;

namespace Arena.Tests.Support;

internal static class RepositoryFolder
{
    public static string Path { get; } = typeof(RepositoryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => string.Equals(metadata.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;
}
