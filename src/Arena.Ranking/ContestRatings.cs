using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// Ratings of competitors that meet in contests of any size, changed contest by contest. The system is that of the options given:
/// <see cref="EloMmrOptions"/>, <see cref="GlickoOptions"/>, <see cref="BayesianApproximationOptions"/>,
/// <see cref="CodeforcesOptions"/>, <see cref="TopCoderOptions"/> or <see cref="TrueSkillSpbOptions"/>.
/// </summary>
/// <remarks>Contests change what later contests do: the order of calls matters. Results do not depend on the number of threads.</remarks>
public sealed class ContestRatings
{
    private readonly ContestSystem _system;
    private readonly int _threads;
    private readonly Entrant[] _entrants;

    /// <summary>Ratings before the first contest.</summary>
    /// <param name="competitors">n, all newcomers.</param>
    /// <param name="options">The system, and where newcomers start.</param>
    public ContestRatings(int competitors, ContestOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(competitors, 1);
        ArgumentNullException.ThrowIfNull(options);
        (_system, _threads) = (options.System(), options.MaxDegreeOfParallelism);
        _entrants = [.. Enumerable.Range(0, competitors).Select(_ => new Entrant(options.Mu, options.Sigma))];
    }

    /// <summary>Number of competitors.</summary>
    public int Count => _entrants.Length;

    /// <summary>The rating of one competitor as it is now. TopCoder: the deviation is its volatility; Codeforces: it never changes.</summary>
    public Skill this[int competitor] => new(_entrants[competitor].Mu, _entrants[competitor].Sigma);

    /// <summary>How one competitor performed in its last contest; NaN before the first, and for systems that have no such number.</summary>
    public double Performance(int competitor) => _entrants[competitor].Performance;

    /// <summary>Contests one competitor took part in, those that counted.</summary>
    public int Played(int competitor) => _entrants[competitor].Played;

    /// <summary>Takes in one contest.</summary>
    /// <param name="competitors">Who took part, each once.</param>
    /// <param name="ranks">One each, smaller is better, equal ranks tie.</param>
    /// <param name="details">Weight, day, ceiling.</param>
    /// <returns>False where nothing changed, because all tied.</returns>
    /// <exception cref="ArgumentException">The lengths differ, somebody is named twice or is not here, the weight is not a finite number above 0, or the day lies before an earlier contest of somebody.</exception>
    public bool Update(ReadOnlySpan<int> competitors, ReadOnlySpan<int> ranks, in ContestDetails details)
    {
        if (ranks.Length != competitors.Length)
        {
            throw new ArgumentException($"{competitors.Length} competitors need as many ranks, but there are {ranks.Length}.", nameof(ranks));
        }

        int[] who = competitors.ToArray(), keys = ranks.ToArray();
        Check(who, details);
        int[] order = [.. Enumerable.Range(0, who.Length).OrderBy(k => keys[k])]; // stable
        return Run([.. order.Select(k => who[k])], [.. order.Select(k => keys[k])], details);
    }

    /// <summary>Takes in one contest of weight 1.</summary>
    public bool Update(ReadOnlySpan<int> competitors, ReadOnlySpan<int> ranks) => Update(competitors, ranks, new ContestDetails());

    /// <summary>Takes in a ballot as a contest of its weight; one that shows fewer than two, or weighs 0, changes nothing.</summary>
    /// <param name="ballot">Tiers are ties.</param>
    /// <param name="day">When it was.</param>
    internal bool Update(in Ballot ballot, double day)
    {
        if (ballot.Length < 2 || ballot.Weight == 0)
        {
            return false;
        }

        var tiers = new int[ballot.Length];
        for (int k = 0; k < tiers.Length; k++)
        {
            tiers[k] = ballot.Tier(k);
        }

        return Run(ballot.Competitors.ToArray(), tiers, new ContestDetails(ballot.Weight, day));
    }

    private bool Run(int[] competitors, int[] ranks, in ContestDetails details)
    {
        int n = competitors.Length;
        if (n < 2 || ranks[0] == ranks[n - 1])
        {
            return false;
        }

        var entrants = new Entrant[n];
        var first = new int[n];
        var last = new int[n];
        for (int k = 0; k < n; k++)
        {
            Entrant entrant = entrants[k] = _entrants[competitors[k]];
            entrant.Waited = entrant.Played > 0 ? details.Day - entrant.LastDay : 0;
            entrant.LastDay = details.Day;
            first[k] = k > 0 && ranks[k] == ranks[k - 1] ? first[k - 1] : k;
        }

        for (int k = n - 1; k >= 0; k--)
        {
            last[k] = k < n - 1 && ranks[k] == ranks[k + 1] ? last[k + 1] : k;
        }

        _system.Update(new Contest(entrants, first, last, details.Weight, details.PerformanceCeiling, _threads));
        foreach (Entrant entrant in entrants)
        {
            entrant.Played++;
        }

        return true;
    }

    private void Check(int[] competitors, in ContestDetails details)
    {
        if (!double.IsFinite(details.Weight) || details.Weight <= 0 || !double.IsFinite(details.Day) || !(details.PerformanceCeiling > double.NegativeInfinity))
        {
            throw new ArgumentException($"A contest has a finite weight above 0, a finite day and a ceiling above −∞, not {details.Weight}, {details.Day} and {details.PerformanceCeiling}.", nameof(details));
        }

        var seen = new HashSet<int>(competitors.Length);
        foreach (int competitor in competitors)
        {
            if ((uint)competitor >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(competitors), competitor, $"There are {Count} competitors, numbered from 0.");
            }

            if (!seen.Add(competitor))
            {
                throw new ArgumentException($"Competitor {competitor} is named twice. Name each once.", nameof(competitors));
            }

            if (_entrants[competitor].Played > 0 && details.Day < _entrants[competitor].LastDay)
            {
                throw new ArgumentException($"The contest is on day {details.Day}, before the last one of competitor {competitor} on day {_entrants[competitor].LastDay}. Give contests in their order.", nameof(details));
            }
        }
    }
}
