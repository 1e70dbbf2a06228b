namespace Arena.Cli.Hosting;

/// <summary>What a command finds around it.</summary>
/// <param name="Variable">Looks up an environment variable.</param>
/// <param name="Folder">The current folder.</param>
/// <param name="Output">Results.</param>
/// <param name="Errors">Everything else.</param>
internal sealed record CliSurroundings(Func<string, string?> Variable, string Folder, TextWriter Output, TextWriter Errors)
{
    /// <summary>Standard input.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Whether a person watches <see cref="Errors"/>.</summary>
    public bool Watched { get; init; }
}
