using System.Diagnostics;
using System.Globalization;
using Arena.Application;
using Arena.Application.Leaderboards;
using Arena.Application.Voting;
using Arena.Contracts.Voting;
using Arena.Data;
using Arena.Data.Embedded;
using Arena.Migrations;
using Arena.Ranking;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Arena.Benchmarks;

/// <summary>
/// Simulated ballots (a million, or as many as <c>--ballots N</c> says) replayed through the checks, the batching writer and the live ratings into PostgreSQL (fsync on, as shipped):
/// how long, how much memory, and how far the snapshot is from a fit of all of them at once.
/// </summary>
internal static class VotingBenchmark
{
    private const int Million = 1_000_000;
    private const int Progress = 100_000;
    private const int Entries = 20;
    private const int Shown = 4;
    private const int Voters = 20_000;
    private const int Samples = 200;
    private const string Arena = "million";

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (Read(arguments) is not { } ballots)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"'voting' takes --ballots N, a multiple of {VoteReplay.MostVotes} from {VoteReplay.MostVotes} to {Million}."));
            return 2;
        }

        using var folder = new BenchmarkFolder();
        await using var postgres = await EmbeddedPostgres.StartAsync(new() { DataFolder = folder.In("data"), SearchFrom = [BenchmarkFolder.Repository] }, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var services = Services(database, folder.In("blobs"));
        await using (var context = await services.GetRequiredService<IDbContextFactory<ArenaDbContext>>().CreateDbContextAsync(cancellationToken))
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        var writer = services.GetRequiredService<BallotWriter>();
        await writer.StartAsync(cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ballots:N0} ballots of {Shown} among {Entries} entries by {Voters:N0} voters on {Samples} samples, {Environment.ProcessorCount} cores, PostgreSQL {postgres.Version}"));
        Console.WriteLine();
        Console.WriteLine("| what | seconds | |");
        Console.WriteLine("|---|---|---|");
        var (batch, replaying) = await ReplayAsync(services.GetRequiredService<VoteReplaying>(), ballots, cancellationToken);
        Print("replayed, durable and in the live ratings", replaying, string.Create(CultureInfo.InvariantCulture, $"**{ballots / replaying.TotalSeconds:N0} ballots/s**"));
        var clock = Stopwatch.StartNew();
        var snapshot = await SnapshotAsync(services, cancellationToken);
        Print("snapshot with intervals clustered by voter and sample", clock.Elapsed, string.Create(CultureInfo.InvariantCulture, $"{snapshot.Votes!.Ballots:N0} ballots"));
        clock.Restart();
        var fitted = PlackettLuce.Fit(batch.ToBallots(), services.GetRequiredService<LiveArenas>().Method);
        using var process = Process.GetCurrentProcess();
        Print("batch fit of all ballots, from nothing", clock.Elapsed, string.Create(CultureInfo.InvariantCulture, $"largest difference to the snapshot, ratings and ends of intervals: **{Apart(snapshot, fitted):G2} points**"));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory of this process: {process.PeakWorkingSet64 / 1048576.0:N0} MiB, the ballots of the check among it; managed heap at the end {GC.GetTotalMemory(forceFullCollection: true) / 1048576.0:N0} MiB."));
        await writer.StopAsync(CancellationToken.None);
        return 0;
    }

    /// <summary>How many ballots; null when the arguments make no sense.</summary>
    private static int? Read(string[] arguments) => arguments switch
    {
        [] => Million,
        ["--ballots", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ballots)
            && ballots is >= VoteReplay.MostVotes and <= Million && ballots % VoteReplay.MostVotes == 0 => ballots,
        _ => null,
    };

    private static double Apart(LeaderboardContent snapshot, Standings fitted)
    {
        var rows = snapshot.Methods[0].Standings.ToDictionary(row => int.Parse(row.EntryName.AsSpan(1), CultureInfo.InvariantCulture));
        return Enumerable.Range(0, Entries).Max(entry => Math.Max(
            Math.Abs(rows[entry].Rating - fitted.Competitors[entry].Rating),
            Math.Max(Math.Abs(rows[entry].Low - fitted.Competitors[entry].Low), Math.Abs(rows[entry].High - fitted.Competitors[entry].High))));
    }

    private static ServiceProvider Services(NpgsqlDataSource database, string blobs) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddLogging()
        .Configure<IdentityOptions>(ArenaDatabase.ConfigureStores)
        .AddSingleton(TimeProvider.System)
        .AddSingleton(database)
        .AddDbContextFactory<ArenaDbContext>(options => options.UseArena(database))
        .AddArenaApplication(blobs)
        .BuildServiceProvider();

    private static async Task<(BallotsBuilder All, TimeSpan Took)> ReplayAsync(VoteReplaying replaying, int ballots, CancellationToken cancellationToken)
    {
        RecordedEntry[] entries = [.. Enumerable.Range(0, Entries).Select(entry => new RecordedEntry($"m{entry}"))];
        var random = new Random(11);
        var all = new BallotsBuilder(Entries);
        var took = TimeSpan.Zero;
        for (var first = 0; first < ballots; first += VoteReplay.MostVotes)
        {
            var votes = Enumerable.Range(first, VoteReplay.MostVotes).Select(number => Draw(number, random, all)).ToArray();
            var started = Stopwatch.GetTimestamp();
            if (await replaying.ReplayAsync(new(Arena, first == 0, entries, votes), cancellationToken) is not ReplayResult.Done { Answer.New: VoteReplay.MostVotes })
            {
                throw new InvalidOperationException("A batch was not stored.");
            }

            took += Stopwatch.GetElapsedTime(started);
            if ((first + VoteReplay.MostVotes) % Progress == 0)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{first + VoteReplay.MostVotes:N0} ballots after {took.TotalSeconds:N1} s"));
            }
        }

        return (all, took);
    }

    /// <summary>A ballot of the Plackett–Luce model itself (Gumbel's trick).</summary>
    private static RecordedVote Draw(int number, Random random, BallotsBuilder all)
    {
        var slots = new int[Shown];
        for (var slot = 0; slot < Shown; slot++)
        {
            do
            {
                slots[slot] = random.Next(Entries);
            }
            while (slots.AsSpan(0, slot).Contains(slots[slot]));
        }

        int[] order = [.. Enumerable.Range(0, Shown).OrderByDescending(slot => (0.1 * slots[slot]) - Math.Log(-Math.Log(random.NextDouble())))];
        var ranks = new int[Shown];
        for (var place = 0; place < Shown; place++)
        {
            ranks[order[place]] = place + 1;
        }

        int voter = random.Next(Voters), sample = random.Next(Samples);
        all.AddRanks(slots, ranks, new BallotDetails(1, voter, sample, false));
        return new(number + 1, number.ToString(CultureInfo.InvariantCulture), voter.ToString(CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch.AddSeconds(1.7e9 + number), slots, [.. order.Select(slot => new[] { slot })])
        {
            Samples = [sample, sample, sample, sample],
        };
    }

    private static async Task<LeaderboardContent> SnapshotAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<ArenaDbContext>>().CreateDbContextAsync(cancellationToken);
        await services.GetRequiredService<SnapshotMaker>().RefreshAsync(await context.Leaderboards.SingleAsync(cancellationToken), cancellationToken);
        return (await services.GetRequiredService<LeaderboardQueries>().FindAsync(Arena, version: null, cancellationToken))!.Content!;
    }

    private static void Print(string what, TimeSpan took, string more) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {took.TotalSeconds:N1} | {more} |"));
}
