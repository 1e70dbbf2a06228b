namespace Arena.Ranking.Listwise;

/// <summary>Counts of who stood in a better tier than whom: what diagnosis and evidence stand on.</summary>
internal sealed class WhoBeatWhom
{
    /// <summary>Above this many competitors pairs are not counted: only whether one ever took anything from the other.</summary>
    private const int MostCounted = 2048;

    private readonly int _n;
    private readonly int _ballots;
    private readonly bool[] _took;
    private readonly bool[] _seen;
    private readonly int[]? _better;
    private readonly int[]? _level;

    public WhoBeatWhom(RankedBallots ballots)
    {
        (_n, _ballots) = (ballots.Competitors, ballots.Count);
        _took = new bool[_n * _n];
        _seen = new bool[_n];
        if (_n <= MostCounted)
        {
            (_better, _level) = (new int[_n * _n], new int[_n * _n]);
        }

        for (int b = 0; b < ballots.Count; b++)
        {
            Discordant += ballots.IsDiscordant(b) ? Copies(ballots, b) : 0;
            Count(ballots, b);
        }
    }

    /// <summary>Observations with two tiers or more.</summary>
    public int Discordant { get; }

    /// <summary>Ballots that show two competitors, and those of them on which they stand in different tiers.</summary>
    public Func<int, int, (int Common, int Discordant)>? PairEvidence => _better is null || _level is null
        ? null
        : (a, b) => (_better[a * _n + b] + _better[b * _n + a]) is var apart
            ? (apart + _level[a * _n + b] + _level[b * _n + a], apart)
            : default;

    /// <summary>Why there is no finite fit, or null when there is one (Ford 1957; Hunter 2004); with a prior there is, from two competitors and a ballot on.</summary>
    public Diagnosis? Diagnose(bool hasPrior)
    {
        if (_n == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        if (_ballots == 0)
        {
            return new Diagnosis.NoBallots();
        }

        if (hasPrior)
        {
            return null;
        }

        int[] unvoted = [.. Enumerable.Range(0, _n).Where(i => !_seen[i])];
        if (unvoted.Length > 0)
        {
            return new Diagnosis.Unvoted(unvoted);
        }

        List<int[]> components = ComparisonGraph.Components(_n, (i, j) => _took[i * _n + j] || _took[j * _n + i]);
        if (components.Count > 1)
        {
            return new Diagnosis.Disconnected(components);
        }

        if (Discordant == 0)
        {
            return new Diagnosis.OnlyTies();
        }

        List<int[]> groups = Groups();
        return groups.Count == 1
            ? null
            : new Diagnosis.Separable(groups, Without((i, j) => _took[j * _n + i]), Without((i, j) => _took[i * _n + j]));
    }

    /// <summary>Groups within which everybody stood above or tied with everybody, directly or through others.</summary>
    public List<int[]> Groups() => ComparisonGraph.StrongComponents(_n, (i, j) => _took[i * _n + j]);

    private int[] Without(Func<int, int, bool> taken) =>
        [.. Enumerable.Range(0, _n).Where(i => !Enumerable.Range(0, _n).Any(j => taken(i, j)))];

    private void Count(RankedBallots ballots, int b)
    {
        int end = ballots.Start[b + 1], copies = Copies(ballots, b);
        for (int first = ballots.Start[b], next; first < end; first = next)
        {
            next = ballots.EndOfTier(first, end);
            bool tied = (ballots.Tier[first] & Ballots.UnorderedBit) == 0;
            for (int a = first; a < next; a++)
            {
                int i = ballots.Item[a];
                for (int k = a + 1; k < next; k++)
                {
                    int j = ballots.Item[k];
                    _took[i * _n + j] |= tied;
                    _took[j * _n + i] |= tied;
                    Raise(_level, i, j, copies);
                }

                for (int k = next; k < end; k++)
                {
                    int j = ballots.Item[k];
                    _took[i * _n + j] = _seen[i] = _seen[j] = true;
                    Raise(_better, i, j, copies);
                }

                _seen[i] |= tied && next - first > 1;
            }
        }
    }

    private void Raise(int[]? counts, int i, int j, int by)
    {
        if (counts is not null)
        {
            counts[i * _n + j] += by;
        }
    }

    private static int Copies(RankedBallots ballots, int b) => ballots.Copies is null ? 1 : (int)ballots.Copies[b];
}
