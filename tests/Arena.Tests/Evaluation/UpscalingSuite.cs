using Arena.Evaluation.Suites;

namespace Arena.Tests.Evaluation;

/// <summary>The suite of pictures that comes with Arena, read once.</summary>
internal static class UpscalingSuite
{
    public const string Folder = "eval-suites/upscaling";

    public static Lazy<SuiteDefinition> Loaded { get; } = new(() =>
        SuiteFolder.Load(Repository.PathOf(Folder)) is SuiteLoad.Loaded loaded ? loaded.Suite : throw new InvalidOperationException(SuiteFolder.Load(Repository.PathOf(Folder)).ToString()));
}
