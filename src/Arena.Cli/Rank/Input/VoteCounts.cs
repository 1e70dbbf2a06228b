using System.Runtime.InteropServices;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Votes on two, counted by pair, outcome and weight while names are still being found: room for what differs, however many votes there are.</summary>
internal sealed class VoteCounts
{
    private const int Batch = 4096;

    private readonly Dictionary<(int First, int Second, PairOutcome Outcome, double Weight), long> _counts = [];

    public void Add(int first, int second, PairOutcome outcome, double weight) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (first, second, outcome, weight), out _)++;

    /// <summary>The tally, with names in their order.</summary>
    /// <param name="competitors">n.</param>
    /// <param name="place">Index of each name by the number it was counted under.</param>
    public PairwiseTally ToTally(int competitors, int[] place)
    {
        var tally = new PairwiseTally(competitors);
        Span<int> first = stackalloc int[Batch], second = stackalloc int[Batch];
        Span<PairOutcome> outcomes = stackalloc PairOutcome[Batch];
        double[] weights = new double[Batch];
        foreach (((int a, int b, PairOutcome outcome, double weight), long count) in _counts)
        {
            first.Fill(place[a]);
            second.Fill(place[b]);
            outcomes.Fill(outcome);
            weights.AsSpan().Fill(weight);
            for (long left = count; left > 0; left -= Batch)
            {
                int now = (int)Math.Min(left, Batch);
                tally.Add(first[..now], second[..now], outcomes[..now], weight == 1 ? [] : weights.AsSpan(0, now));
            }
        }

        return tally;
    }
}
