using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>How votes are planted.</summary>
/// <param name="Name">In words.</param>
/// <param name="Accounts">Accounts that plant.</param>
/// <param name="VotesEach">Votes each casts.</param>
/// <param name="Camouflage">Share of them cast honestly on whatever came.</param>
/// <param name="Stretch">Share of all the time in which they come.</param>
/// <param name="NewcomersTaste">Log-odds an entry by which honest people with few votes differ from the others, all in the same way.</param>
internal sealed record RiggingAttack(string Name, int Accounts, int VotesEach, double Camouflage = 0, double Stretch = 1, double NewcomersTaste = 0);

/// <summary>An arena as it might be: many people, few votes each, tastes, some who do not care. Honest votes are the same under every attack.</summary>
internal sealed class RiggedWorld(ulong seed, int number)
{
    public const int Entries = 40;
    public const int Voters = 1500;
    public const int HonestVotes = 20_000;
    public const int Target = 19;
    public const double CarelessShare = 0.03;
    private const double Spread = 0.55;
    private const double Taste = 0.3;
    private const double TieShare = 0.25;

    /// <summary>Who is expected to cast fewer is a newcomer.</summary>
    private const double FewVotes = 6;

    public bool IsCareless(int voter) => new Xoshiro256(seed, Stream(1_000_000 + voter)).NextDouble() < CarelessShare;

    public Ballots Ballots(RiggingAttack attack)
    {
        var random = new Xoshiro256(seed, Stream(0));
        double[] theta = [.. Enumerable.Range(0, Entries).Select(i => Spread * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - (i + 0.5) / Entries))];
        double[] reach = Cumulated(ref random);
        var planting = new Xoshiro256(seed, Stream(1));
        double[] times = PlantedTimes(attack, ref planting);
        var builder = new BallotsBuilder(Entries);
        for (int v = 0, planted = 0; v < HonestVotes; v++)
        {
            for (; planted < times.Length && times[planted] <= v / (double)HonestVotes; planted++)
            {
                Plant(builder, attack, Voters + planted % attack.Accounts, theta, ref planting);
            }

            int at = Array.BinarySearch(reach, random.NextDouble() * reach[^1]);
            Vote(builder, at < 0 ? ~at : at, theta, attack.NewcomersTaste, reach, ref random);
        }

        return builder.ToBallots();
    }

    private static void Plant(BallotsBuilder builder, RiggingAttack attack, int account, double[] theta, ref Xoshiro256 random)
    {
        (int a, int b) = Pair(ref random);
        if (random.NextDouble() < attack.Camouflage)
        {
            builder.AddPair(a, b, Outcome(theta[a] - theta[b], ref random), new BallotDetails(1, account));
        }
        else
        {
            int other = a == Target ? b : a;
            builder.AddPair(Target, other, PairOutcome.FirstWins, new BallotDetails(1, account));
        }
    }

    private static (int First, int Second) Pair(ref Xoshiro256 random)
    {
        int first = random.NextBelow(Entries);
        return (first, (first + 1 + random.NextBelow(Entries - 1)) % Entries);
    }

    private static PairOutcome Outcome(double difference, ref Xoshiro256 random)
    {
        if (random.NextDouble() < TieShare)
        {
            return PairOutcome.Tie;
        }

        return random.NextDouble() < 1 / (1 + Math.Exp(-difference)) ? PairOutcome.FirstWins : PairOutcome.SecondWins;
    }

    /// <summary>How active people are: log-normal, so that a few cast hundreds of votes and half of them under six.</summary>
    private static double[] Cumulated(ref Xoshiro256 random)
    {
        var reach = new double[Voters];
        double sum = 0;
        for (int v = 0; v < Voters; v++)
        {
            sum += Math.Exp(1.3 * random.NextNormal());
            reach[v] = sum;
        }

        return reach;
    }

    private static double[] PlantedTimes(RiggingAttack attack, ref Xoshiro256 random)
    {
        var times = new double[attack.Accounts * attack.VotesEach];
        for (int k = 0; k < times.Length; k++)
        {
            times[k] = 0.5 + attack.Stretch * (random.NextDouble() - 0.5);
        }

        Array.Sort(times);
        return times;
    }

    private void Vote(BallotsBuilder builder, int voter, double[] theta, double newcomersTaste, double[] reach, ref Xoshiro256 random)
    {
        (int a, int b) = Pair(ref random);
        double difference = IsCareless(voter) ? 0 : theta[a] + TasteOf(voter, a) - theta[b] - TasteOf(voter, b);
        if (newcomersTaste > 0 && HonestVotes * (reach[voter] - (voter == 0 ? 0 : reach[voter - 1])) / reach[^1] < FewVotes)
        {
            difference += newcomersTaste / Taste * (TasteOf(Voters, a) - TasteOf(Voters, b));
        }

        builder.AddPair(a, b, Outcome(difference, ref random), new BallotDetails(1, voter));
    }

    private double TasteOf(int voter, int entry) => Taste * new Xoshiro256(seed ^ 0x7A57E, Stream(2_000_000 + voter * Entries + entry)).NextNormal();

    private ulong Stream(int part) => (ulong)number << 32 | (uint)part;
}
