using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Voting;

/// <summary>Generated and written-out ballots for the voting tests.</summary>
internal static class Profiles
{
    /// <summary>Complete rankings in any order.</summary>
    public static int[][] Random(ulong seed, int competitors, int voters)
    {
        var random = new Xoshiro256(seed, 77);
        return [.. Enumerable.Range(0, voters).Select(_ => random.Permutation(competitors))];
    }

    public static Ballots Of(int competitors, IEnumerable<int[]> rankings)
    {
        var builder = new BallotsBuilder(competitors);
        foreach (int[] ranking in rankings)
        {
            builder.AddRanking(ranking);
        }

        return builder.ToBallots();
    }

    /// <summary>Rankings written as "5 a&gt;b&gt;c", letters from a.</summary>
    public static Ballots Of(params string[] lines)
    {
        int[][] rankings = [.. lines.SelectMany(line => Enumerable.Repeat(line.Split(' ')[1].Split('>').Select(name => name[0] - 'a').ToArray(), int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)))];
        return Of(rankings.Max(r => r.Max()) + 1, rankings);
    }

    /// <summary>n votes for i over j, each pair by itself.</summary>
    public static Ballots Pairs(int competitors, params (int Winner, int Loser, int Votes)[] duels)
    {
        var builder = new BallotsBuilder(competitors);
        foreach ((int winner, int loser, int votes) in duels)
        {
            for (int v = 0; v < votes; v++)
            {
                builder.AddPair(winner, loser, PairOutcome.FirstWins);
            }
        }

        return builder.ToBallots();
    }
}
