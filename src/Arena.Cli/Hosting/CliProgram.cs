using System.CommandLine;
using Arena.Cli.Suites;

namespace Arena.Cli.Hosting;

/// <summary>The command-line tool, from its arguments to its exit code.</summary>
internal static class CliProgram
{
    /// <returns>One of <see cref="CliExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var suite = new Command("suite", "Suites of samples that entries are evaluated on") { SuiteImportCommand.Create(surroundings) };
        var root = new RootCommand("Works with an Arena server from the command line") { suite };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = surroundings.Output, Error = surroundings.Errors, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (CliException e)
        {
            await surroundings.Errors.WriteLineAsync(e.Message);
            return CliExitCode.Failed;
        }
    }
}
