using System.CommandLine;
using Arena.Cli.Rank;
using Arena.Cli.Replay;
using Arena.Cli.Suites;

namespace Arena.Cli.Hosting;

/// <summary>The command-line tool, from its arguments to its exit code.</summary>
internal static class CliProgram
{
    /// <returns>One of <see cref="CliExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var suite = new Command("suite", "Suites of samples that entries are evaluated on") { SuiteImportCommand.Create(surroundings) };
        Command rank = RankCommand.Create(surroundings);
        var root = new RootCommand("Ranks entries by votes or scores, and works with an Arena server") { rank, ReplayCommand.Create(surroundings), suite };
        try
        {
            ParseResult parsed = root.Parse(args);
            int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);
            bool ranks = parsed.CommandResult.Command == rank || rank.Subcommands.Contains(parsed.CommandResult.Command);
            return parsed.Errors.Count > 0 && ranks ? CliExitCode.Refused : code;
        }
        catch (CliException e)
        {
            await surroundings.Errors.WriteLineAsync(e.Message);
            return CliExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await surroundings.Errors.WriteLineAsync("Interrupted.");
            return CliExitCode.Interrupted;
        }
    }
}
