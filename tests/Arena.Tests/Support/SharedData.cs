namespace Arena.Tests.Support;

/// <summary>Data of other people that the repository does not hold: a folder <c>shared/data</c> beside it, or the one that <c>ARENA_SHARED_DATA</c> names.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("ARENA_SHARED_DATA") is { Length: > 0 } named
        ? named
        : Path.GetFullPath(Path.Combine(RepositoryFolder.Path, "..", "shared", "data"));

    public static string In(string name) => Path.Combine(Folder, name);

    /// <summary>Why a test that needs this part cannot run, or null when it can.</summary>
    public static string? Missing(string part) =>
        Directory.Exists(In(part)) || File.Exists(In(part)) ? null : $"shared/data/{part} is not beside the repository (ARENA_SHARED_DATA can name the folder that holds it).";
}

/// <summary>A test on shared data: skipped, with the reason, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string part) => Skip = SharedData.Missing(part);
}
