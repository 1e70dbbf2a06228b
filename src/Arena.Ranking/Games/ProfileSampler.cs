using Arena.Ranking.Resampling;

namespace Arena.Ranking.Games;

/// <summary>The four rules for the next profile, over the edges that are left.</summary>
internal sealed class ProfileSampler
{
    private readonly ProfileSampling _sampling;
    private readonly (int First, int Second)[] _edges;

    // the unresolved edges are the first so many of this order; each one's place in it; the first is the one being exhausted
    private readonly int[] _order;
    private readonly int[] _place;
    private readonly int[] _valences;
    private Xoshiro256 _random;

    public ProfileSampler(ProfileSampling sampling, (int First, int Second)[] edges, int profiles, ulong seed)
    {
        (_sampling, _edges, Unresolved) = (sampling, edges, edges.Length);
        _random = new Xoshiro256(seed, 0);
        _order = [.. Enumerable.Range(0, edges.Length)];
        for (int i = edges.Length - 1; i > 0; i--)
        {
            int j = _random.NextBelow(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }

        _place = new int[edges.Length];
        for (int i = 0; i < _order.Length; i++)
        {
            _place[_order[i]] = i;
        }

        _valences = new int[profiles];
        foreach ((int first, int second) in edges)
        {
            _valences[first]++;
            _valences[second]++;
        }
    }

    public int Unresolved { get; private set; }

    public void Resolve(int edge)
    {
        // the last one takes its place: a random order with one taken out and one moved to its place is a random order still
        Unresolved--;
        int place = _place[edge], last = _order[Unresolved];
        (_order[place], _order[Unresolved]) = (last, edge);
        (_place[last], _place[edge]) = (place, Unresolved);
        _valences[_edges[edge].First]--;
        _valences[_edges[edge].Second]--;
    }

    public int Next(PayoffMeans means) => _sampling switch
    {
        ProfileSampling.UniformExhaustive => EitherEnd(_order[0]),
        ProfileSampling.Uniform => EitherEnd(_order[_random.NextBelow(Unresolved)]),
        ProfileSampling.ValenceWeighted => ByValence(),
        ProfileSampling.CountWeighted => LeastPlayed(means),
        _ => throw new ArgumentOutOfRangeException(nameof(means), _sampling, "Unknown sampling."),
    };

    private int EitherEnd(int edge) => _random.NextBelow(2) == 0 ? _edges[edge].First : _edges[edge].Second;

    private int ByValence()
    {
        double sum = 0;
        foreach (int valence in _valences)
        {
            sum += (double)valence * valence;
        }

        double left = _random.NextDouble() * sum;
        int chosen = 0;
        for (int s = 0; s < _valences.Length; s++)
        {
            if (_valences[s] > 0)
            {
                chosen = s;
                left -= (double)_valences[s] * _valences[s];
                if (left < 0)
                {
                    break;
                }
            }
        }

        return chosen;
    }

    private int LeastPlayed(PayoffMeans means)
    {
        int least = -1;
        for (int s = 0; s < _valences.Length; s++)
        {
            if (_valences[s] > 0 && (least < 0 || means.Count(s) < means.Count(least)))
            {
                least = s;
            }
        }

        return least;
    }
}
