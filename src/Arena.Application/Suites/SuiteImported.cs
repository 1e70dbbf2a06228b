namespace Arena.Application.Suites;

/// <summary>What an import did.</summary>
/// <param name="Slug">The suite.</param>
/// <param name="Version">Its version with this content.</param>
/// <param name="Created">False when the same content was there already: nothing was changed.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="RunsQueued">Runs that now wait for a worker because of it.</param>
public sealed record SuiteImported(string Slug, int Version, bool Created, int Samples, int RunsQueued);
