using Arena.Data.Voting;
using Arena.Ranking;

namespace Arena.Application.Voting;

/// <summary>From a stored ballot to what the engine reads.</summary>
internal static class VoteBallots
{
    /// <summary>Whether a ballot says anything about the order of the contestants.</summary>
    public static bool Counts(in BallotRow row) => row.Eligibility == Eligibility.Counted && row.Form != BallotForm.Skip;

    /// <summary>Adds a ballot that counts.</summary>
    /// <param name="builder">Competitors are the arena's contestants.</param>
    /// <param name="row">The ballot.</param>
    /// <param name="voter">The voter's number, for clustering.</param>
    public static void Add(BallotsBuilder builder, in BallotRow row, int voter) => Add(builder, row.Form, row.Slots, row.Ranks, row.AllBad, voter, Common(row.Samples));

    /// <summary>Adds what a voter said of slots.</summary>
    /// <param name="prompt">The sample that all slots answer, for clustering; −1 when they answer different ones.</param>
    public static void Add(BallotsBuilder builder, BallotForm form, int[] slots, short[] ranks, bool allBad, int voter, int prompt)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var details = new BallotDetails(1, voter, prompt, allBad);
        if (form == BallotForm.BestWorst)
        {
            var best = slots[Array.IndexOf(ranks, (short)1)];
            var worst = slots[Array.IndexOf(ranks, (short)3)];
            builder.AddBestWorst(best, [.. slots.Where(slot => slot != best && slot != worst)], worst, details);
        }
        else
        {
            builder.AddRanks(slots, Array.ConvertAll(ranks, rank => (int)rank), details);
        }

        builder.ShownInOrder(slots);
    }

    /// <summary>The sample that all slots answer; −1 when they answer different ones.</summary>
    public static int Common(ReadOnlySpan<int> samples) => samples[1..].ContainsAnyExcept(samples[0]) ? -1 : samples[0];
}
