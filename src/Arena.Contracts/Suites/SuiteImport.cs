namespace Arena.Contracts.Suites;

/// <summary>The fixed names of importing a suite: POST the folder as a zip with the operator's token as bearer.</summary>
public static class SuiteImport
{
    public const string Path = "/api/v1/admin/suites";

    /// <summary>Where the command line finds the operator's token, unless the file is given.</summary>
    public const string TokenVariable = "ARENA_TOKEN";

    /// <summary>In the data folder, mode 0600, written anew at each start.</summary>
    public const string TokenFileName = "operator.token";
}

/// <param name="Slug">The suite.</param>
/// <param name="Version">Its version with this content.</param>
/// <param name="Created">False when the same content was there already: nothing was changed.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="RunsQueued">Runs that now wait for a worker because of it.</param>
public sealed record SuiteImportAnswer(string Slug, int Version, bool Created, int Samples, int RunsQueued);

/// <summary>Why a suite was refused: one sentence a problem.</summary>
public sealed record SuiteRefusal(IReadOnlyList<string> Problems);
