using System.CommandLine;
using System.Globalization;
using Arena.Cli.Hosting;
using Arena.Cli.Server;
using Arena.Contracts.Suites;
using Arena.Evaluation.Suites;

namespace Arena.Cli.Suites;

/// <summary><c>arena suite import DIR</c>: checks a suite's folder here, then sends it to the server.</summary>
internal static class SuiteImportCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that holds suite.yaml" };
        var server = ServerOptions.Server();
        var tokenFile = ServerOptions.TokenFile();
        var command = new Command("import", "Checks a suite's folder and imports it: changed content makes a new version, the same content changes nothing") { folder, server, tokenFile };
        command.SetAction((parsed, cancellationToken) => ImportAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(server), parsed.GetValue(tokenFile), surroundings, cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(string folder, Uri server, string? tokenFile, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        return SuiteFolder.Load(Path.GetFullPath(folder, surroundings.Folder)) switch
        {
            SuiteLoad.Refused refused => await RefuseAsync([.. refused.Errors.Select(error => error.ToString())], surroundings),
            SuiteLoad.Loaded loaded => await SendAsync(loaded.Suite, server, OperatorToken.Find(surroundings, tokenFile), surroundings, cancellationToken),
            _ => throw new InvalidOperationException("A suite is loaded or refused."),
        };
    }

    private static async Task<int> SendAsync(SuiteDefinition suite, Uri server, string token, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        using var zip = new MemoryStream();
        SuiteArchive.Pack(suite, zip);
        zip.Position = 0;
        using var client = new ArenaClient(server, token);
        return await client.ImportAsync(zip, cancellationToken) switch
        {
            SuiteImportResult.Imported imported => await ReportAsync(imported.Answer, surroundings),
            SuiteImportResult.Refused refused => await RefuseAsync(refused.Problems, surroundings),
            _ => throw new InvalidOperationException("A suite is imported or refused."),
        };
    }

    private static async Task<int> ReportAsync(SuiteImportAnswer answer, CliSurroundings surroundings)
    {
        await surroundings.Output.WriteLineAsync(answer.Created
            ? string.Create(CultureInfo.InvariantCulture, $"Imported {answer.Slug} version {answer.Version}: {Count(answer.Samples, "sample")}, {Count(answer.RunsQueued, "run")} queued.")
            : string.Create(CultureInfo.InvariantCulture, $"{answer.Slug} version {answer.Version} has this content already; nothing changed."));
        return CliExitCode.Done;
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<string> problems, CliSurroundings surroundings)
    {
        foreach (var problem in problems)
        {
            await surroundings.Errors.WriteLineAsync(problem);
        }

        await surroundings.Errors.WriteLineAsync($"The suite was not imported: {Count(problems.Count, "problem")}.");
        return CliExitCode.Refused;
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {what}{(number == 1 ? "" : "s")}");
}
