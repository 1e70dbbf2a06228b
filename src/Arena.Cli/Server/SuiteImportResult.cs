using Arena.Contracts.Suites;

namespace Arena.Cli.Server;

/// <summary>What the server made of a suite: a closed set.</summary>
internal abstract record SuiteImportResult
{
    private SuiteImportResult()
    {
    }

    public sealed record Imported(SuiteImportAnswer Answer) : SuiteImportResult;

    public sealed record Refused(IReadOnlyList<string> Problems) : SuiteImportResult;
}
