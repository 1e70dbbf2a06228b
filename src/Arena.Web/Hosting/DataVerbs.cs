using Arena.Data.Embedded;
using Arena.Data.Embedded.Backup;

namespace Arena.Web.Hosting;

/// <summary>The verbs that work on the data instead of serving it: <c>backup FILE</c>, <c>restore FILE</c>, <c>doctor</c>.</summary>
internal static class DataVerbs
{
    /// <summary>Null when the arguments name none of them.</summary>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args is not [("backup" or "restore" or "doctor") and var verb, ..])
        {
            return null;
        }

        var named = verb is not "doctor";
        if (named && (args.Length < 2 || args[1].StartsWith('-')))
        {
            await Console.Error.WriteLineAsync($"Name the file: {verb} FILE");
            return 2;
        }

        var builder = WebApplication.CreateBuilder(args[(named ? 2 : 1)..]);
        using var loggers = LoggerFactory.Create(logging => logging.AddArenaConsole(builder.Configuration).SetMinimumLevel(LogLevel.Warning));
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interrupted.Cancel();
        };
        var options = DataCommandOptions.From(builder.Configuration, builder.Environment.ContentRootPath);
        var schema = new RestoreSchema(DatabaseHost.KnownMigrations(), DatabaseHost.MigrateAsync);
        var commands = new DataCommands(options, schema, Console.Out, Console.Error, TimeProvider.System, loggers);
        return verb switch
        {
            "backup" => await commands.BackupAsync(args[1], interrupted.Token),
            "restore" => await commands.RestoreAsync(args[1], builder.Configuration.GetValue("Arena:Fresh", defaultValue: false), interrupted.Token),
            _ => await commands.DoctorAsync(interrupted.Token),
        };
    }
}
