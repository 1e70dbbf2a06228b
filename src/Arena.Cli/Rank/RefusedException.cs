namespace Arena.Cli.Rank;

/// <summary>What was given cannot be ranked: the command line, the file or what stands in it.</summary>
/// <param name="message">One or more lines that say what is wrong and what to do.</param>
internal sealed class RefusedException(string message) : Exception(message);
