using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Arena.Tests.Support;

namespace Arena.Tests.ArchitectureRules;

/// <summary>Keeps the arrows of docs/ARCHITECTURE.md: which project may use which. A new project needs a row here and there.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Arena.Ranking"] = [],
        ["Arena.Evaluation"] = [],
        ["Arena.Inference"] = [],
        ["Arena.Contracts"] = [],
        ["Arena.Runner"] = ["Arena.Inference"],
        ["Arena.Data"] = ["Arena.Evaluation"],
        ["Arena.Application"] = ["Arena.Contracts", "Arena.Data", "Arena.Evaluation", "Arena.Ranking"],
        ["Arena.Migrations"] = ["Arena.Data"],
        ["Arena.Web"] = ["Arena.Application", "Arena.Migrations"],
        ["Arena.Worker"] = ["Arena.Contracts", "Arena.Evaluation", "Arena.Inference"],
        ["Arena.Cli"] = ["Arena.Contracts", "Arena.Evaluation", "Arena.Ranking"],
    };

    /// <summary>The packages of the projects that must stay light; the others may use any that is pinned.</summary>
    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Arena.Ranking"] = ["MathNet.Numerics"],
        ["Arena.Evaluation"] = ["YamlDotNet"],
        ["Arena.Inference"] = [],
        ["Arena.Contracts"] = [],
        ["Arena.Runner"] = [],
        ["Arena.Worker"] = ["System.CommandLine"],
        ["Arena.Cli"] = ["DuckDB.NET.Data.Full", "System.CommandLine"],
    };

    private static readonly string[] ServerAssemblies = ["Npgsql", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Radzen"];

    public static TheoryData<string> Projects => [.. ProjectFile.All.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> LightProjects => [.. Packages.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Projects_OfTheSolution_AreTheOnesInTheTable() =>
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), ProjectFile.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_Always_AreTheArrows(string project)
    {
        Assert.True(Arrows.TryGetValue(project, out var allowed), $"{project} has no row in the table of arrows. Decide what it may use, and write it there and in docs/ARCHITECTURE.md.");
        Assert.Equal(allowed, ProjectFile.All[project].Projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void CompiledReferences_Always_FollowTheArrows(string project)
    {
        var ours = ReferencesOf(project).Where(name => name.StartsWith("Arena.", StringComparison.Ordinal));

        Assert.Empty(ours.Except(Reachable(project), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(LightProjects))]
    public void LightProject_Always_UsesNoServerLibrary(string project)
    {
        var file = ProjectFile.All[project];

        Assert.Empty(file.Packages.Except(Packages[project], StringComparer.Ordinal));
        Assert.Empty(file.Frameworks);
        Assert.DoesNotContain(ReferencesOf(project), name => ServerAssemblies.Any(server => name.StartsWith(server, StringComparison.Ordinal)));
    }

    [Fact]
    public void WorkerOutput_Always_HoldsNoDatabaseLibrary()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var output = Path.Combine(RepositoryFolder.Path, "src", "Arena.Worker", "bin", Path.GetFileName(Path.GetDirectoryName(here))!, Path.GetFileName(here));
        var libraries = Directory.GetFiles(output, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).OfType<string>().ToList();

        Assert.Contains("Arena.Worker", libraries);
        Assert.DoesNotContain(libraries, name => ServerAssemblies.Any(server => name.StartsWith(server, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("Arena.Data", libraries);
        Assert.DoesNotContain("Arena.Application", libraries);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ArchitectureDocument_Always_NamesTheProject(string project)
    {
        var document = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "ARCHITECTURE.md"));

        Assert.Contains(project, document, StringComparison.Ordinal);
    }

    private static HashSet<string> Reachable(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Arrows[project]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(Arrows[next], open.Push);
            }
        }

        return reached;
    }

    private static List<string> ReferencesOf(string project)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, project + ".dll")));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
