using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// Votes counted by pair and outcome as they pass: 10⁸ votes of 100 competitors take no more room than one. All that Bradley–Terry needs, with
/// intervals, where every vote is on two competitors and stands for itself; clusters and longer ballots need the votes once more
/// (<see cref="BradleyTerry.Fit(int, Func{IEnumerable{Ballots}}, BradleyTerryOptions?)"/>).
/// </summary>
/// <remarks>
/// Order and batches do not matter, and tallies of parts merge into the tally of the whole. A ballot of K competitors counts as all its pairs (those
/// sharing an unordered tier left out) and as one observation. Room: 16 n² bytes up to 2,048 competitors, above in proportion to the pairs that met.
/// Not safe for several threads at once: give each its own and merge.
/// </remarks>
public sealed class PairwiseTally
{
    private readonly PairTable _votes;
    private readonly int[] _slatesOf;
    private readonly int[] _discordantSlatesOf;
    private PairTable? _derived;
    private int _discordantSlates;

    /// <summary>An empty tally.</summary>
    /// <param name="competitors">n, at least 1.</param>
    /// <exception cref="RankingException">There is no competitor.</exception>
    public PairwiseTally(int competitors)
    {
        if (competitors < 1)
        {
            throw new RankingException(new Diagnosis.NoCompetitors());
        }

        Competitors = competitors;
        _votes = new PairTable(competitors);
        (_slatesOf, _discordantSlatesOf) = (new int[competitors], new int[competitors]);
    }

    /// <summary>n.</summary>
    public int Competitors { get; }

    /// <summary>Ballots counted that compare somebody and weigh more than 0.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them compare three or more.</summary>
    public int Slates { get; private set; }

    /// <summary>Counts pairwise votes given as columns. All or none: a vote at fault leaves the tally as it was.</summary>
    /// <param name="first">One competitor a vote, in 0 … n − 1.</param>
    /// <param name="second">The other one.</param>
    /// <param name="outcomes">One a vote.</param>
    /// <param name="weights">One a vote; empty gives every vote weight 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or an outcome is none.</exception>
    /// <exception cref="RankingException">An unknown or doubled competitor, or a weight that is negative or not finite.</exception>
    public void Add(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<PairOutcome> outcomes, ReadOnlySpan<double> weights = default)
    {
        Check(first, second, outcomes, weights);
        if (weights.IsEmpty)
        {
            Count = checked(Count + first.Length);
            _votes.Add(first, second, outcomes);
            return;
        }

        for (int v = 0; v < first.Length; v++)
        {
            if (weights[v] > 0)
            {
                Count = checked(Count + 1);
                _votes.Add(first[v], second[v], (int)outcomes[v], weights[v]);
            }
        }
    }

    /// <summary>Counts ballots.</summary>
    /// <exception cref="ArgumentException">They are of another number of competitors.</exception>
    public void Add(Ballots ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        CheckCompetitors(ballots.Competitors);
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        ReadOnlySpan<double> weights = ballots.Weights;
        for (int b = 0; b < ballots.Count; b++)
        {
            int from = start[b], length = start[b + 1] - from;
            double weight = weights.IsEmpty ? 1 : weights[b];
            if (!(weight > 0))
            {
                continue;
            }

            if (length != 2)
            {
                AddSlate(competitor.Slice(from, length), tier.Slice(from, length), weight);
            }
            else if (tier[from] != tier[from + 1] || (tier[from] & Ballots.UnorderedBit) == 0)
            {
                Count = checked(Count + 1);
                _votes.Add(competitor[from], competitor[from + 1], (int)(tier[from] == tier[from + 1] ? PairOutcome.Tie : PairOutcome.FirstWins), weight);
            }
        }
    }

    /// <summary>Counts what another tally counted.</summary>
    /// <exception cref="ArgumentException">It is of another number of competitors.</exception>
    public void Merge(PairwiseTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckCompetitors(other.Competitors);
        Count = checked(Count + other.Count);
        Slates += other.Slates;
        _discordantSlates += other._discordantSlates;
        _votes.Merge(other._votes);
        if (other._derived is not null)
        {
            (_derived ??= new PairTable(Competitors)).Merge(other._derived);
        }

        for (int i = 0; i < Competitors; i++)
        {
            _slatesOf[i] += other._slatesOf[i];
            _discordantSlatesOf[i] += other._discordantSlatesOf[i];
        }
    }

    /// <summary>What was counted so far, by pair.</summary>
    internal TalliedPairs ToPairs()
    {
        PairCells votes = _votes.ToCells();
        var evidence = new Evidence[Competitors];
        var (of, discordantOf) = ((int[])_slatesOf.Clone(), (int[])_discordantSlatesOf.Clone());
        int discordant = _discordantSlates;
        for (int i = 0; i < Competitors; i++)
        {
            for (int c = votes.Start[i]; c < votes.Start[i + 1]; c++)
            {
                int j = votes.Second[c];
                (of[i], of[j]) = (of[i] + votes.Common[c], of[j] + votes.Common[c]);
                (discordantOf[i], discordantOf[j]) = (discordantOf[i] + votes.Discordant[c], discordantOf[j] + votes.Discordant[c]);
                discordant += votes.Discordant[c];
            }
        }

        for (int i = 0; i < Competitors; i++)
        {
            evidence[i] = new Evidence(of[i], discordantOf[i]);
        }

        return new TalliedPairs(votes, _derived?.ToCells(), new Evidence(Count, discordant), evidence);
    }

    private void AddSlate(ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, double weight)
    {
        (bool compares, bool decides) = (false, false);
        for (int a = 0; a < competitors.Length; a++)
        {
            for (int b = a + 1; b < competitors.Length; b++)
            {
                if (tiers[a] == tiers[b] && (tiers[a] & Ballots.UnorderedBit) != 0)
                {
                    continue; // nobody asked how they compare
                }

                _derived ??= new PairTable(Competitors);
                _derived.Add(competitors[a], competitors[b], (int)(tiers[a] == tiers[b] ? PairOutcome.Tie : PairOutcome.FirstWins), weight);
                compares = true;
                decides |= tiers[a] != tiers[b];
            }
        }

        if (!compares)
        {
            return;
        }

        Count = checked(Count + 1);
        Slates++;
        _discordantSlates += decides ? 1 : 0;
        foreach (int competitor in competitors)
        {
            _slatesOf[competitor]++;
            _discordantSlatesOf[competitor] += decides ? 1 : 0;
        }
    }

    private void Check(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<PairOutcome> outcomes, ReadOnlySpan<double> weights)
    {
        int votes = first.Length;
        if (second.Length != votes || outcomes.Length != votes || (weights.Length != 0 && weights.Length != votes))
        {
            throw new ArgumentException($"All columns of {votes} votes need {votes} values (weights may be empty), but there are {second.Length}, {outcomes.Length} and {weights.Length}.", nameof(first));
        }

        uint n = (uint)Competitors;
        for (int v = 0; v < votes; v++)
        {
            if ((uint)first[v] >= n | (uint)second[v] >= n | first[v] == second[v] | (uint)outcomes[v] > (uint)PairOutcome.BothBad)
            {
                throw Fault(v, first[v], second[v], outcomes[v]);
            }
        }

        for (int v = 0; v < weights.Length; v++)
        {
            if (!InputCheck.IsWeight(weights[v]))
            {
                throw new RankingException(new Diagnosis.InvalidBallotWeight(v, weights[v]));
            }
        }
    }

    private Exception Fault(int vote, int first, int second, PairOutcome outcome)
    {
        if ((uint)first >= (uint)Competitors || (uint)second >= (uint)Competitors)
        {
            return new RankingException(new Diagnosis.UnknownCompetitor(vote, (uint)first >= (uint)Competitors ? first : second, Competitors));
        }

        return first == second
            ? new RankingException(new Diagnosis.DuplicateCompetitor(vote, first))
            : new ArgumentException($"Vote {vote} has the outcome {(int)outcome}; outcomes are 0 to 3 (see PairOutcome).", nameof(outcome));
    }

    private void CheckCompetitors(int competitors)
    {
        if (competitors != Competitors)
        {
            throw new ArgumentException($"The tally is of {Competitors} competitors, but these votes are of {competitors}.", nameof(competitors));
        }
    }
}
