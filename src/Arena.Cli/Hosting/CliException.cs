namespace Arena.Cli.Hosting;

/// <summary>The command cannot be done.</summary>
/// <param name="message">A sentence that says what to do.</param>
internal sealed class CliException(string message) : Exception(message);
