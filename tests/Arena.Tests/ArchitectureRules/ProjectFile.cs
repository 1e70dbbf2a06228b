using System.Xml.Linq;
using Arena.Tests.Support;

namespace Arena.Tests.ArchitectureRules;

/// <summary>What a project file says about the projects and packages it uses.</summary>
internal sealed record ProjectFile(string Name, string Path, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages, IReadOnlySet<string> Frameworks)
{
    /// <summary>The projects of src and migrations, by name.</summary>
    public static IReadOnlyDictionary<string, ProjectFile> All { get; } = new[] { "src", "migrations" }
        .SelectMany(folder => Directory.GetFiles(System.IO.Path.Combine(RepositoryFolder.Path, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(Read)
        .ToDictionary(project => project.Name, StringComparer.Ordinal);

    private static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(path);
        return new(
            System.IO.Path.GetFileNameWithoutExtension(path),
            path,
            Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))).ToHashSet(StringComparer.Ordinal),
            Includes("PackageReference").ToHashSet(StringComparer.Ordinal),
            Includes("FrameworkReference").ToHashSet(StringComparer.Ordinal));

        // a project that is only built beside this one is no arrow; EF's design time is no part of the product
        IEnumerable<string> Includes(string element) => xml.Descendants(element)
            .Where(item => item.Attribute("ReferenceOutputAssembly")?.Value is not "false")
            .Where(item => item.Parent?.Attribute("Condition")?.Value.Contains("EfDesign", StringComparison.Ordinal) is not true)
            .Select(item => item.Attribute("Include")?.Value)
            .OfType<string>();
    }
}
