using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>Ratings that a slate's order changes: online Bayesian ones, or Elo as the baseline.</summary>
internal interface ISlateRatings
{
    /// <summary>What matchmaking reads; a view.</summary>
    ReadOnlyMemory<double> Mean { get; }

    /// <summary>A view; zeros where the method has none.</summary>
    ReadOnlyMemory<double> Deviation { get; }

    /// <summary>Rating points in one unit of log-odds.</summary>
    double Unit { get; }

    void Update(ReadOnlySpan<int> slate, ReadOnlySpan<int> ranks);

    /// <summary>Puts a competitor at a mean, as little known as a newcomer.</summary>
    void Place(int competitor, double mean);
}

/// <summary>Online Bayesian ratings.</summary>
internal sealed class BayesianSlateRatings(int competitors, OnlineOptions options) : ISlateRatings
{
    private readonly OnlineRatings _ratings = new(competitors, options);

    public ReadOnlyMemory<double> Mean => _ratings.Mu;

    public ReadOnlyMemory<double> Deviation => _ratings.Sigma;

    public double Unit => options.Beta;

    public void Update(ReadOnlySpan<int> slate, ReadOnlySpan<int> ranks) => _ratings.Update(slate, ranks);

    public void Place(int competitor, double mean) => _ratings[competitor] = new Skill(mean, options.Sigma);
}

/// <summary>Elo, slate by slate.</summary>
internal sealed class EloSlateRatings : ISlateRatings
{
    private readonly EloOptions _options;
    private readonly EloStep _step;
    private readonly double[] _rating;
    private readonly double[] _none;
    private readonly double[] _change;

    public EloSlateRatings(int competitors, double k)
    {
        (_rating, _none, _change) = (new double[competitors], new double[competitors], new double[competitors]);
        _options = new EloOptions { K = k };
        _step = new EloStep(_options);
        Array.Fill(_rating, _options.Start);
    }

    public ReadOnlyMemory<double> Mean => _rating;

    public ReadOnlyMemory<double> Deviation => _none;

    public double Unit => EloScale.Unit;

    public void Update(ReadOnlySpan<int> slate, ReadOnlySpan<int> ranks)
    {
        int[] order = slate.ToArray();
        Array.Sort(ranks.ToArray(), order);
        ushort[] tiers = [.. Enumerable.Range(0, order.Length).Select(place => (ushort)place)];
        _step.Slate(order, tiers, _options.K, _rating, _change);
    }

    public void Place(int competitor, double mean) => _rating[competitor] = mean;
}

/// <summary>
/// K-Sort Arena's set-up: a hidden order of n competitors, number 0 the best; slates chosen by a policy come back in the hidden
/// order, but for a share of them in which two places were swapped at random. A slate counts as one comparison.
/// </summary>
internal sealed class KSortSimulation
{
    private readonly ISlateRatings _ratings;
    private readonly Func<double, IMatchmaker> _policy;
    private readonly double _flipped;
    private readonly ulong _seed;
    private readonly int[] _slate;
    private readonly int[] _ranks;
    private readonly int[] _seen;
    private readonly int[] _pairs;
    private readonly bool[] _available;
    private Xoshiro256 _random;
    private IMatchmaker _matchmaker;
    private MatchState _state;

    /// <param name="ratings">At the prior.</param>
    /// <param name="policy">Makes the policy for ratings of that unit.</param>
    /// <param name="size">K.</param>
    /// <param name="flipped">Share of slates with two places swapped.</param>
    /// <param name="seed">Everything that is drawn comes from it.</param>
    /// <param name="absent">A competitor that joins later; −1 for none.</param>
    public KSortSimulation(ISlateRatings ratings, Func<double, IMatchmaker> policy, int size, double flipped, ulong seed, int absent = -1)
    {
        int n = ratings.Mean.Length;
        (_ratings, _policy, _flipped, _seed) = (ratings, policy, flipped, seed);
        (_slate, _ranks, _seen, _pairs, _available) = (new int[size], new int[size], new int[n], new int[n * n], new bool[n]);
        _random = new Xoshiro256(seed, 1);
        for (int i = 0; i < n; i++)
        {
            _available[i] = i != absent;
        }

        _matchmaker = policy(ratings.Unit);
        _state = State();
    }

    /// <summary>Slates so far.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Mean squared distance between the place by rating and the true one, over those who take part.</summary>
    public double SquaredError()
    {
        ReadOnlySpan<double> mean = _ratings.Mean.Span;
        double sum = 0;
        int members = 0, truth = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            if (_available[i])
            {
                double gap = PlaceOf(i) - truth++;
                sum += gap * gap;
                members++;
            }
        }

        return sum / members;
    }

    /// <summary>Place by rating among those who take part, from 0; ties go half and half.</summary>
    public double PlaceOf(int competitor)
    {
        ReadOnlySpan<double> mean = _ratings.Mean.Span;
        double place = 0;
        for (int j = 0; j < mean.Length; j++)
        {
            place += !_available[j] || j == competitor ? 0 : mean[j] > mean[competitor] ? 1 : mean[j] == mean[competitor] ? 0.5 : 0;
        }

        return place;
    }

    public void Step()
    {
        _matchmaker.Draw(new MatchRequest(_state, _seed, (ulong)Comparisons), _slate);
        for (int a = 0; a < _slate.Length; a++)
        {
            _ranks[a] = 0;
            foreach (int other in _slate)
            {
                _ranks[a] += other < _slate[a] ? 1 : 0;
            }
        }

        if (_random.NextDouble() < _flipped)
        {
            int first = _random.NextBelow(_slate.Length), second = _random.NextBelow(_slate.Length - 1);
            second += second >= first ? 1 : 0;
            (_ranks[first], _ranks[second]) = (_ranks[second], _ranks[first]);
        }

        _ratings.Update(_slate, _ranks);
        MatchState.Count(_slate, _seen, _pairs);
        Comparisons++;
    }

    /// <summary>The absent one joins, rated like whoever stands that many places off its true one.</summary>
    public void Join(int newcomer, int off)
    {
        int neighbour = newcomer + off < _available.Length ? newcomer + off : newcomer - off;
        _ratings.Place(newcomer, _ratings.Mean.Span[neighbour]);
        _available[newcomer] = true;
        _matchmaker = _policy(_ratings.Unit);
        _state = State();
    }

    private MatchState State()
    {
        var state = new MatchState(_ratings.Mean, _ratings.Deviation, _seen, _pairs) { Unit = _ratings.Unit };
        return _available.Contains(false) ? state.Restrict(_available) : state;
    }
}
