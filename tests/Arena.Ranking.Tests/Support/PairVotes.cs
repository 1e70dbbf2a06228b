namespace Arena.Ranking.Tests.Support;

/// <summary>Simulated pairwise votes with voters and prompts.</summary>
internal static class PairVotes
{
    public static Ballots Of(ulong seed, int competitors = 6, int votes = 600, int voters = 40, int prompts = 30, double tie = 0.2)
    {
        var random = new Boards.Sequence(seed);
        var builder = new BallotsBuilder(competitors);
        for (int v = 0; v < votes; v++)
        {
            (int a, int b) = Pair(random, competitors);
            bool tied = random.Share() < tie;
            bool first = random.Share() < 1 / (1 + Math.Exp(0.3 * (a - b)));
            PairOutcome outcome = tied ? PairOutcome.Tie : first ? PairOutcome.FirstWins : PairOutcome.SecondWins;
            builder.AddPair(a, b, outcome, new BallotDetails(1, random.Below(voters), random.Below(prompts)));
        }

        return builder.ToBallots();
    }

    /// <summary>The same ballots through a change of each.</summary>
    public static Ballots Map(Ballots ballots, Func<int, int> competitor, bool reverse = false, int times = 1, Func<int, int>? voter = null)
    {
        var builder = new BallotsBuilder(ballots.Competitors);
        for (int k = 0; k < times; k++)
        {
            for (int b = 0; b < ballots.Count; b++)
            {
                Ballot ballot = ballots[b];
                PairOutcome outcome = ballot.Tiers == 1 ? PairOutcome.Tie : reverse ? PairOutcome.SecondWins : PairOutcome.FirstWins;
                builder.AddPair(competitor(ballot.Competitors[0]), competitor(ballot.Competitors[1]), outcome, new BallotDetails(
                    ballot.Weight, voter?.Invoke(ballot.Voter) ?? ballot.Voter, ballot.Prompt));
            }
        }

        return builder.ToBallots();
    }

    private static (int First, int Second) Pair(Boards.Sequence random, int competitors)
    {
        int first = random.Below(competitors);
        return (first, (first + 1 + random.Below(competitors - 1)) % competitors);
    }
}
