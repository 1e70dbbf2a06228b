using Arena.Ranking.Games;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Which game to play next, when payoffs are noisy and what is wanted is the response graph that α-Rank stands on: every profile once,
/// then profiles with an edge whose direction is not certain. An edge is resolved when the upper bound of the worse profile is below
/// the lower bound of the better one.
/// </summary>
/// <remarks>
/// Rowland et al. 2019, "Multiagent Evaluation under Incomplete Information". Ask <see cref="Next"/>, play, tell <see cref="Record"/>; games may be
/// told that were not asked for. Not safe for use by several threads at once.
/// </remarks>
public sealed class ResponseGraphUcb
{
    private readonly int[] _strategies;
    private readonly ResponseGraphUcbOptions _options;
    private readonly ConfidenceBounds _bounds;
    private readonly PayoffMeans _means;
    private readonly ProfileSampler _sampler;
    private readonly List<(int Player, int First, int Second)> _edges = [];
    private readonly List<int>[] _edgesOf;
    private readonly ResponseEdge?[] _resolved;
    private readonly (double Lower, double Upper)?[] _known;
    private readonly double _delta;
    private int _unplayed;
    private int _firstUnplayed;

    /// <summary>A game of which nothing has been played.</summary>
    /// <param name="strategies">Strategies of every player, two players at least.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="RankingException">There are too many profiles, or a player without a strategy.</exception>
    public ResponseGraphUcb(IReadOnlyList<int> strategies, ResponseGraphUcbOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        if (strategies.Count < 2)
        {
            throw new ArgumentException($"A game has two players or more, but there is {strategies.Count}.", nameof(strategies));
        }

        _strategies = [.. strategies];
        _options = options ?? new ResponseGraphUcbOptions();
        long profiles = 1;
        foreach (int own in _strategies)
        {
            profiles = own < 1 ? 0 : Math.Min(int.MaxValue, profiles * own);
        }

        if (profiles is < 1 or > PayoffTables.MostProfiles)
        {
            throw new RankingException(new Diagnosis.ProfileCount(_strategies, PayoffTables.MostProfiles));
        }

        (Players, Profiles, _unplayed) = (_strategies.Length, (int)profiles, (int)profiles);
        _bounds = new ConfidenceBounds(_options.Bound, _options.PayoffRange.Lowest, _options.PayoffRange.Highest);
        _means = new PayoffMeans(Players, Profiles);
        _known = new (double, double)?[Players * Profiles];
        _delta = _options.DeltaPerPayoff ? _options.Delta : _options.Delta / ((double)Players * Profiles);
        _edgesOf = new List<int>[Profiles];
        for (int s = 0; s < Profiles; s++)
        {
            _edgesOf[s] = [];
        }

        AddEdges();
        _resolved = new ResponseEdge?[_edges.Count];
        _sampler = new ProfileSampler(_options.Sampling, [.. _edges.Select(e => (e.First, e.Second))], Profiles, _options.Seed);
    }

    /// <summary>Number of players.</summary>
    public int Players { get; }

    /// <summary>Number of profiles, numbered as in <see cref="PayoffTables"/>.</summary>
    public int Profiles { get; }

    /// <summary>Games told so far.</summary>
    public int Interactions { get; private set; }

    /// <summary>Pairs of profiles that differ in one player's strategy.</summary>
    public int Edges => _edges.Count;

    /// <summary>Edges whose direction is not certain yet.</summary>
    public int Unresolved => _sampler.Unresolved;

    /// <summary>Whether the direction of every edge is certain.</summary>
    public bool IsResolved => Unresolved == 0;

    /// <summary>The profile to play next. Draws by chance, so ask once a game.</summary>
    /// <exception cref="InvalidOperationException">Every edge is resolved.</exception>
    public int Next()
    {
        if (_unplayed > 0)
        {
            while (_means.Count(_firstUnplayed) > 0)
            {
                _firstUnplayed++;
            }

            return _firstUnplayed;
        }

        return IsResolved
            ? throw new InvalidOperationException($"Every edge is resolved: no game is needed. Ask {nameof(IsResolved)} first.")
            : _sampler.Next(_means);
    }

    /// <summary>Takes note of a game, and says which edges it resolved. Before every profile was played once, none is.</summary>
    /// <param name="profile">Number of the profile played.</param>
    /// <param name="payoffs">What every player got, within the declared range.</param>
    public IReadOnlyList<ResponseEdge> Record(int profile, ReadOnlySpan<double> payoffs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(profile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(profile, Profiles);
        if (payoffs.Length != Players)
        {
            throw new ArgumentException($"A game of {Players} players has {Players} payoffs, but there are {payoffs.Length}.", nameof(payoffs));
        }

        foreach (double payoff in payoffs)
        {
            if (!(payoff >= _options.PayoffRange.Lowest && payoff <= _options.PayoffRange.Highest))
            {
                throw new ArgumentOutOfRangeException(nameof(payoffs), payoff, $"Payoffs lie within {_options.PayoffRange.Lowest} to {_options.PayoffRange.Highest}: declare another range where they do not.");
            }
        }

        bool exploring = _unplayed > 0;
        _unplayed -= _means.Count(profile) == 0 ? 1 : 0;
        Interactions++;
        _means.Add(profile, payoffs);
        for (int k = 0; k < Players; k++)
        {
            _known[k * Profiles + profile] = null;
        }

        return exploring ? [] : Check(profile);
    }

    /// <summary>Asks, plays and takes note until every edge is resolved, or that many games were played; returns how many there are now.</summary>
    /// <param name="play">Plays a profile and writes what every player got.</param>
    /// <param name="maxInteractions">Games to stop at, those told before included.</param>
    public int Run(Action<int, Span<double>> play, int maxInteractions)
    {
        ArgumentNullException.ThrowIfNull(play);
        Span<double> payoffs = new double[Players];
        while (Interactions < maxInteractions && (_unplayed > 0 || !IsResolved))
        {
            int profile = Next();
            play(profile, payoffs);
            Record(profile, payoffs);
        }

        return Interactions;
    }

    /// <summary>Games of a profile.</summary>
    public int Count(int profile) => _means.Count(profile);

    /// <summary>Mean payoff of a player in a profile; 0 before it was played.</summary>
    public double Mean(int player, int profile) => _means.Mean(player, profile);

    /// <summary>Lower and upper confidence bound of a mean payoff, relaxed as the options ask; infinite before the profile was played.</summary>
    public (double Lower, double Upper) Bounds(int player, int profile)
    {
        ref (double Lower, double Upper)? known = ref _known[player * Profiles + profile];
        if (known is null)
        {
            int games = _means.Count(profile);
            if (games == 0)
            {
                return (double.NegativeInfinity, double.PositiveInfinity);
            }

            double delta = _options.TimeDependentDelta ? _delta * (6 / (Math.PI * Math.PI * games * (double)games)) : _delta;
            (double lower, double upper) = _bounds.Of(_means.Mean(player, profile), games, delta);
            bool wrongWay = _options.OpenSpielCompatible && _options.Bound == PayoffBound.Hoeffding;
            known = (wrongWay ? lower - _options.Relaxation : lower + _options.Relaxation, upper - _options.Relaxation);
        }

        return known.Value;
    }

    /// <summary>Every edge: resolved ones as they were resolved, others by the means so far (a tie leads to the higher number).</summary>
    public IReadOnlyList<ResponseEdge> Graph() => [.. Enumerable.Range(0, Edges).Select(e => _resolved[e] ?? Directed(e))];

    /// <summary>Mean payoffs with counts and variances, for <see cref="AlphaRank"/>. A profile played once has the largest variance that the range allows.</summary>
    /// <exception cref="RankingException">Some profile was not played yet.</exception>
    public PayoffTables ToTables()
    {
        if (_unplayed > 0)
        {
            throw new RankingException(new Diagnosis.Unsampled("game in some profiles"));
        }

        double range = _options.PayoffRange.Highest - _options.PayoffRange.Lowest;
        int[] players = [.. Enumerable.Range(0, Players)];
        return PayoffTables.General(
            _strategies,
            Array.ConvertAll(players, k => Each(s => _means.Mean(k, s))),
            Array.ConvertAll(players, _ => Array.ConvertAll(Each(s => _means.Count(s)), c => (int)c)),
            Array.ConvertAll(players, k => Each(s => _means.Variance(k, s) ?? range * range / 4)));

        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, Profiles).Select(value)];
    }

    private List<ResponseEdge> Check(int profile)
    {
        var resolved = new List<ResponseEdge>();
        foreach (int e in _edgesOf[profile])
        {
            if (_resolved[e] is not null)
            {
                continue;
            }

            ResponseEdge edge = Directed(e);
            if (Bounds(edge.Player, edge.Worse).Upper < Bounds(edge.Player, edge.Better).Lower)
            {
                _resolved[e] = edge with { ResolvedAfter = Interactions };
                _sampler.Resolve(e);
                resolved.Add(_resolved[e]!);
            }
        }

        return resolved;
    }

    private ResponseEdge Directed(int e)
    {
        (int player, int first, int second) = _edges[e];
        return _means.Mean(player, first) > _means.Mean(player, second)
            ? new ResponseEdge(player, second, first, null)
            : new ResponseEdge(player, first, second, null);
    }

    private void AddEdges()
    {
        for (int s = 0; s < Profiles; s++)
        {
            for (int k = 0, step = Profiles; k < Players; k++)
            {
                step /= _strategies[k];
                for (int more = 1; s / step % _strategies[k] + more < _strategies[k]; more++)
                {
                    _edgesOf[s].Add(_edges.Count);
                    _edgesOf[s + more * step].Add(_edges.Count);
                    _edges.Add((k, s, s + more * step));
                }
            }
        }
    }
}
