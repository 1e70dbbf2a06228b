using System.Reflection;

namespace Arena.Tests.Evaluation;

internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => string.Equals(a.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
