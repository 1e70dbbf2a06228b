using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Arena.Cli.Hosting;
using Arena.Cli.Server;
using Arena.Contracts.Voting;

namespace Arena.Cli.Replay;

/// <summary><c>arena replay FILE</c>: feeds recorded votes to a server, in the order of time.</summary>
internal static class ReplayCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "Votes: JSON lines or a JSON array, plain or gzipped; FastChat battles, or an Arena's own export" };
        var arena = new Option<string>("--arena") { Description = "The arena that they go to", DefaultValueFactory = _ => "replay" };
        var create = new Option<bool>("--create") { Description = "Make the arena from the file's models when there is none: closed, and without outputs" };
        var server = ServerOptions.Server();
        var tokenFile = ServerOptions.TokenFile();
        var command = new Command("replay", "Feeds recorded votes to a server, as if they were cast one after the other. The same file again counts nothing twice") { file, arena, create, server, tokenFile };
        command.SetAction((parsed, cancellationToken) => ReplayAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(arena), parsed.GetValue(create), parsed.GetRequiredValue(server), parsed.GetValue(tokenFile), surroundings, cancellationToken));
        return command;
    }

    private static async Task<int> ReplayAsync(string path, string arena, bool create, Uri server, string? tokenFile, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var file = await ReadAsync(Path.GetFullPath(path, surroundings.Folder), cancellationToken);
        if (file.Mistakes > 0 || file.Votes.Count == 0)
        {
            return await RefuseAsync(file, surroundings);
        }

        using var client = new ArenaClient(server, OperatorToken.Find(surroundings, tokenFile));
        var (started, fresh, repeated, counted) = (Stopwatch.GetTimestamp(), 0, 0, 0);
        foreach (var votes in file.Votes.Chunk(VoteReplay.MostVotes))
        {
            switch (await client.ReplayAsync(new(arena, create, file.Entries, votes), cancellationToken))
            {
                case VoteReplayResult.Stored { Answer: var answer }:
                    (fresh, repeated, counted) = (fresh + answer.New, repeated + answer.Repeated, counted + answer.Counted);
                    break;
                case VoteReplayResult.Refused refused:
                    foreach (var problem in refused.Problems)
                    {
                        await surroundings.Errors.WriteLineAsync(problem);
                    }

                    await surroundings.Errors.WriteLineAsync($"Stopped: {Count(fresh + repeated)} of {Count(file.Votes.Count)} votes are stored. Mend the file and replay it again: nothing counts twice.");
                    return CliExitCode.Refused;
            }

            if (surroundings.Watched)
            {
                await surroundings.Errors.WriteAsync($"\r{Count(fresh + repeated)} of {Count(file.Votes.Count)} votes");
            }
        }

        if (surroundings.Watched)
        {
            await surroundings.Errors.WriteLineAsync();
        }

        if (file.Anonymous > 0)
        {
            await surroundings.Output.WriteLineAsync($"{Count(file.Anonymous)} of the votes do not say who voted: each is taken for another person's, so intervals may be too narrow.");
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await surroundings.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Replayed {file.Votes.Count:#,0} votes on {file.Entries.Count:#,0} entries into {arena} in {seconds:0.0} s: {fresh:#,0} new ({counted:#,0} count), {repeated:#,0} stored before."));
        return CliExitCode.Done;
    }

    private static async Task<VoteFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                return await VoteFile.ReadAsync(stream, cancellationToken);
            }

            await using var plain = new GZipStream(stream, CompressionMode.Decompress);
            return await VoteFile.ReadAsync(plain, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException($"The file {path} cannot be read: {e.Message}");
        }
    }

    private static async Task<int> RefuseAsync(VoteFile file, CliSurroundings surroundings)
    {
        foreach (var error in file.Errors)
        {
            await surroundings.Errors.WriteLineAsync(error);
        }

        await surroundings.Errors.WriteLineAsync(file.Mistakes > 0
            ? $"Nothing was sent: {Count(file.Mistakes)} {(file.Mistakes == 1 ? "line has a mistake" : "lines have mistakes")}."
            : "Nothing was sent: the file holds no votes.");
        return CliExitCode.Refused;
    }

    private static string Count(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
