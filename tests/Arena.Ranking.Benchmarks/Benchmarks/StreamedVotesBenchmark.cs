using System.Globalization;
using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>A hundred million votes that are never held: they pass through a tally in blocks.</summary>
internal sealed class StreamedVotesBenchmark : IRankingBenchmark
{
    private const int Entries = 100;
    private const int Block = 1 << 16;

    public string Name => "streamed-votes";

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        long votes = settings.Quick ? 1_000_000 : 100_000_000;
        long most = 0;
        yield return new RankingWork("Bradley–Terry with sandwich intervals, votes streamed, drawing them included", string.Create(CultureInfo.InvariantCulture, $"{Entries} entries, {votes:0e0} votes"))
        {
            Prepare = () => () => most = Math.Max(most, Run(votes, settings.Seed)),
            Note = () => string.Create(CultureInfo.InvariantCulture, $"at most {most / 1048576.0:0.0} MiB on the heap"),
        };
    }

    /// <summary>Streams, fits, and returns the most bytes on the heap that were seen.</summary>
    private static long Run(long votes, ulong seed)
    {
        int[] first = new int[Block], second = new int[Block];
        var outcomes = new PairOutcome[Block];
        var random = new Xoshiro256(seed, 1);
        var tally = new PairwiseTally(Entries);
        long most = 0;
        for (long done = 0; done < votes; done += Block)
        {
            int now = (int)Math.Min(Block, votes - done);
            for (int v = 0; v < now; v++)
            {
                // one draw a vote: two entries, and the better one wins the more often the farther they are apart
                ulong draw = random.Next();
                int a = (int)(((draw & 0xFFFFF) * Entries) >> 20);
                int b = (a + 1 + (int)((((draw >> 20) & 0xFFFFF) * (Entries - 1)) >> 20)) % Entries;
                int chance = 512 + 4 * (a - b);
                (first[v], second[v], outcomes[v]) = (a, b, (int)((draw >> 40) & 1023) < chance ? PairOutcome.FirstWins : PairOutcome.SecondWins);
            }

            tally.Add(first.AsSpan(0, now), second.AsSpan(0, now), outcomes.AsSpan(0, now));
            if (done % (Block * 64L) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            }
        }

        BradleyTerry.Fit(tally);
        return Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
    }
}
