using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>
/// What is believed about every competitor, changed game by game: the state that matchmaking reads between votes. The rule is
/// that of the options given: <see cref="WengLinOptions"/>, <see cref="KSortOptions"/> or <see cref="TrueSkillOptions"/>.
/// </summary>
/// <remarks>
/// An update costs time only in the competitors on the ballot and allocates nothing once the largest slate has been seen. Games
/// change what later games do: the order of calls matters. One thread at a time.
/// </remarks>
public sealed class OnlineRatings
{
    private readonly UpdateRule _rule;
    private readonly double _drift;
    private readonly Slate _slate = new();
    private readonly Skill _prior;
    private double[] _mu;
    private double[] _sigma;
    private int[] _played;
    private int[] _order = new int[8];
    private int[] _starts = new int[9];

    /// <summary>Everybody at the prior.</summary>
    /// <param name="competitors">n, all at the prior; more can be added.</param>
    /// <param name="options">The rule and its prior.</param>
    public OnlineRatings(int competitors, OnlineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(competitors);
        ArgumentNullException.ThrowIfNull(options);
        (_rule, _drift, _prior) = (options.Rule(), options.Tau * options.Tau, new Skill(options.Mu, options.Sigma));
        (_mu, _sigma, _played) = (new double[competitors], new double[competitors], new int[competitors]);
        Count = competitors;
        _mu.AsSpan().Fill(options.Mu);
        _sigma.AsSpan().Fill(options.Sigma);
    }

    /// <summary>Number of competitors.</summary>
    public int Count { get; private set; }

    /// <summary>Games taken in so far.</summary>
    public long Games { get; private set; }

    /// <summary>The means, one a competitor. A view that shows every later update, until <see cref="Add"/>.</summary>
    public ReadOnlyMemory<double> Mu => _mu.AsMemory(0, Count);

    /// <summary>The deviations σ, one a competitor. A view as <see cref="Mu"/>.</summary>
    public ReadOnlyMemory<double> Sigma => _sigma.AsMemory(0, Count);

    /// <summary>Games each competitor was in. A view as <see cref="Mu"/>.</summary>
    public ReadOnlyMemory<int> Played => _played.AsMemory(0, Count);

    /// <summary>The belief about one competitor; set it to start from something better than the prior.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such competitor, or the value is not finite with a deviation above 0.</exception>
    public Skill this[int competitor]
    {
        get
        {
            Check(competitor);
            return new Skill(_mu[competitor], _sigma[competitor]);
        }

        set
        {
            Check(competitor);
            if (!double.IsFinite(value.Mu) || !double.IsFinite(value.Sigma) || value.Sigma <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "A belief has a finite mean and a finite deviation above 0.");
            }

            (_mu[competitor], _sigma[competitor]) = (value.Mu, value.Sigma);
        }
    }

    /// <summary>Adds a competitor at the prior; returns its index.</summary>
    public int Add()
    {
        if (Count == _mu.Length)
        {
            int room = Math.Max(8, 2 * Count);
            Array.Resize(ref _mu, room);
            Array.Resize(ref _sigma, room);
            Array.Resize(ref _played, room);
        }

        (_mu[Count], _sigma[Count], _played[Count]) = (_prior.Mu, _prior.Sigma, 0);
        return Count++;
    }

    /// <summary>Takes in one ballot. One that shows fewer than two competitors, or weighs 0, changes nothing.</summary>
    /// <param name="ballot">Its weight multiplies what is added to means and taken from variances.</param>
    /// <exception cref="ArgumentException">It names a competitor that is not here, or has a weight that the rule cannot take (TrueSkill: other than 0 and 1).</exception>
    public void Update(in Ballot ballot)
    {
        double weight = ballot.Weight;
        if (ballot.Length < 2 || weight == 0)
        {
            return;
        }

        CheckWeight(weight);
        ReadOnlySpan<int> competitors = ballot.Competitors;
        foreach (int competitor in competitors)
        {
            Check(competitor);
        }

        _slate.Start(competitors.Length);
        for (int k = 0; k < competitors.Length; k++)
        {
            int i = competitors[k];
            _slate.Mu[k] = _mu[i];
            _slate.Variance[k] = _sigma[i] * _sigma[i] + _drift;
            _slate.Size[k] = 1;
            _slate.Tier[k] = ballot.Tier(k);
            _slate.Unordered[k] = ballot.KindOfTier(k) == TierKind.Unordered;
            _slate.HasUnordered |= _slate.Unordered[k];
        }

        _rule.Apply(_slate);
        for (int k = 0; k < competitors.Length; k++)
        {
            Move(competitors[k], _slate.Variance[k], weight * _slate.Omega[k], weight * _slate.Delta[k]);
        }

        Games++;
    }

    /// <summary>Takes in one game of single competitors.</summary>
    /// <param name="competitors">Who played, each once.</param>
    /// <param name="ranks">One each, smaller is better, equal ranks tie.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two, or somebody is named twice or is not here.</exception>
    public void Update(ReadOnlySpan<int> competitors, ReadOnlySpan<int> ranks)
    {
        Room(competitors.Length);
        Span<int> starts = _starts.AsSpan(0, competitors.Length + 1);
        for (int k = 0; k <= competitors.Length; k++)
        {
            starts[k] = k;
        }

        Play(competitors, starts, ranks);
    }

    /// <summary>Takes in one game of teams: a team is as strong as its members' strengths together, and they share what it earns by their variances.</summary>
    /// <param name="members">Team by team.</param>
    /// <param name="sizes">Number of members of each team, 1 or more.</param>
    /// <param name="ranks">One a team, smaller is better, equal ranks tie.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there are fewer than two teams, or somebody is named twice or is not here.</exception>
    public void UpdateTeams(ReadOnlySpan<int> members, ReadOnlySpan<int> sizes, ReadOnlySpan<int> ranks)
    {
        Room(sizes.Length);
        Span<int> starts = _starts.AsSpan(0, sizes.Length + 1);
        starts[0] = 0;
        for (int k = 0; k < sizes.Length; k++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sizes[k], 1, nameof(sizes));
            starts[k + 1] = starts[k] + sizes[k];
        }

        if (starts[^1] != members.Length)
        {
            throw new ArgumentException($"The teams have {starts[^1]} members, but {members.Length} are named.", nameof(members));
        }

        Play(members, starts, ranks);
    }

    private void Play(ReadOnlySpan<int> members, ReadOnlySpan<int> starts, ReadOnlySpan<int> ranks)
    {
        int teams = starts.Length - 1;
        if (ranks.Length != teams || teams < 2)
        {
            throw new ArgumentException($"A game has two sides or more and a rank for each, but there are {teams} and {ranks.Length} ranks.", nameof(ranks));
        }

        for (int k = 0; k < members.Length; k++)
        {
            Check(members[k]);
            if (members[..k].Contains(members[k]))
            {
                throw new ArgumentException($"Competitor {members[k]} is named twice. Name each once.", nameof(members));
            }
        }

        Span<int> order = Sort(ranks);
        _slate.Start(teams);
        for (int k = 0, tier = 0; k < teams; k++)
        {
            int team = order[k];
            tier += k > 0 && ranks[team] != ranks[order[k - 1]] ? 1 : 0;
            (_slate.Mu[k], _slate.Variance[k]) = (0, 0);
            foreach (int i in members[starts[team]..starts[team + 1]])
            {
                _slate.Mu[k] += _mu[i];
                _slate.Variance[k] += _sigma[i] * _sigma[i] + _drift;
            }

            (_slate.Size[k], _slate.Tier[k], _slate.Unordered[k]) = (starts[team + 1] - starts[team], tier, false);
        }

        _rule.Apply(_slate);
        for (int k = 0; k < teams; k++)
        {
            foreach (int i in members[starts[order[k]]..starts[order[k] + 1]])
            {
                double variance = _sigma[i] * _sigma[i] + _drift, share = variance / _slate.Variance[k];
                Move(i, variance, share * _slate.Omega[k], share * _slate.Delta[k]);
            }
        }

        Games++;
    }

    /// <summary>Teams by rank, best first; those that tie keep their order.</summary>
    private Span<int> Sort(ReadOnlySpan<int> ranks)
    {
        Span<int> order = _order.AsSpan(0, ranks.Length);
        for (int k = 0; k < order.Length; k++)
        {
            int at = k;
            for (; at > 0 && ranks[order[at - 1]] > ranks[k]; at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = k;
        }

        return order;
    }

    private void Move(int competitor, double variance, double omega, double delta)
    {
        _mu[competitor] += omega;
        _sigma[competitor] = Math.Sqrt(variance * Math.Max(1 - delta, _rule.Floor));
        _played[competitor]++;
    }

    private void Room(int teams)
    {
        if (_order.Length < teams)
        {
            (_order, _starts) = (new int[2 * teams], new int[2 * teams + 1]);
        }
    }

    private void CheckWeight(double weight)
    {
        if (weight != 1 && !_rule.TakesWeights)
        {
            throw new ArgumentException($"This rule takes ballots of weight 1 (or 0), not {weight}.", nameof(weight));
        }
    }

    private void Check(int competitor)
    {
        if ((uint)competitor >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(competitor), competitor, $"There are {Count} competitors, numbered from 0.");
        }
    }
}
