using System.Globalization;
using Arena.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Arena.Tests.Support;

/// <summary>Entry point of this assembly: a host that holds an embedded PostgreSQL, in a process that a test can kill.</summary>
internal static class HostProgram
{
    public const string Ready = "ready ";

    /// <param name="args">The data folder.</param>
    private static async Task<int> Main(string[] args)
    {
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(TestPostgres.Options(args[0]), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
            Console.WriteLine(Ready + server.ProcessId.ToString(CultureInfo.InvariantCulture) + " " + server.ConnectionString);
            await Console.In.ReadToEndAsync(); // until whoever started us closes our input
            return 0;
        }
        catch (ArenaDataException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
