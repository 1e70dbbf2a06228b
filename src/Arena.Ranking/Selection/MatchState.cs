namespace Arena.Ranking.Selection;

/// <summary>
/// What matchmaking knows about n competitors: ratings, how sure they are, and who was compared how often. The columns are
/// views, not copies: a simulation may go on writing into its own arrays between two draws.
/// </summary>
public sealed class MatchState
{
    /// <summary>The largest slate that can be drawn.</summary>
    public const int LargestSlate = 32;

    private readonly int[]? _group;
    private readonly int[][] _members;
    private readonly bool[]? _available;

    /// <summary>Views of ratings and counts; later changes show.</summary>
    /// <param name="mean">Rating μ of each competitor.</param>
    /// <param name="deviation">Its standard deviation σ, finite and not negative.</param>
    /// <param name="comparisons">Slates each was on.</param>
    /// <param name="pairComparisons">n × n row by row, symmetric: slates two were on together. Empty when nothing is counted by pair (policies that need it say so).</param>
    /// <param name="exclusionGroups">One a competitor: those with the same number ≥ 0 never share a slate (versions of one entry); −1 is no group. Empty excludes nothing.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a rating is not finite.</exception>
    public MatchState(
        ReadOnlyMemory<double> mean,
        ReadOnlyMemory<double> deviation,
        ReadOnlyMemory<int> comparisons,
        ReadOnlyMemory<int> pairComparisons = default,
        ReadOnlySpan<int> exclusionGroups = default)
    {
        int n = mean.Length;
        Length(deviation.Length, n, nameof(deviation));
        Length(comparisons.Length, n, nameof(comparisons));
        Length(pairComparisons.Length, n * n, nameof(pairComparisons), mayBeEmpty: true);
        Length(exclusionGroups.Length, n, nameof(exclusionGroups), mayBeEmpty: true);
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(mean.Span[i]) || !double.IsFinite(deviation.Span[i]) || deviation.Span[i] < 0)
            {
                throw new ArgumentException($"Competitor {i} has rating {mean.Span[i]} ± {deviation.Span[i]}. Give finite numbers; a newcomer gets the prior's.", nameof(mean));
            }
        }

        (Mean, Deviation, Comparisons, PairComparisons) = (mean, deviation, comparisons, pairComparisons);
        (_group, _members) = Groups(exclusionGroups);
    }

    private MatchState(MatchState other, bool[] available)
    {
        (Mean, Deviation, Comparisons, PairComparisons) = (other.Mean, other.Deviation, other.Comparisons, other.PairComparisons);
        (_group, _members, Unit, Covariance) = (other._group, other._members, other.Unit, other.Covariance);
        _available = available;
    }

    /// <summary>The state of a board: its ratings, and counts out of its ballots.</summary>
    /// <param name="standings">A fit whose ratings are on the Elo scale (400 points are odds of ten to one).</param>
    /// <param name="ballots">What it was fitted on.</param>
    /// <param name="newcomerDeviation">σ in points where the fit gives no finite standard error. Default: 350.</param>
    /// <param name="exclusionGroups">As in the constructor.</param>
    public static MatchState Of(Standings standings, Ballots ballots, double newcomerDeviation = 350, ReadOnlySpan<int> exclusionGroups = default)
    {
        ArgumentNullException.ThrowIfNull(standings);
        ArgumentNullException.ThrowIfNull(ballots);
        int n = ballots.Competitors;
        Length(standings.Competitors.Count, n, nameof(standings));
        var comparisons = new int[n];
        var pairs = new int[n * n];
        for (int b = 0; b < ballots.Count; b++)
        {
            ReadOnlySpan<int> slate = ballots[b].Competitors;
            Count(slate, comparisons, pairs);
        }

        return new MatchState(
            standings.Competitors.Select(c => c.Rating).ToArray(),
            standings.Competitors.Select(c => double.IsFinite(c.StandardError) ? c.StandardError : newcomerDeviation).ToArray(),
            comparisons,
            pairs,
            exclusionGroups)
        {
            Unit = EloScale.Unit,
            Covariance = standings.Covariance?.ToArray(),
        };
    }

    /// <summary>Number of competitors.</summary>
    public int Competitors => Mean.Length;

    /// <summary>Rating μ of each.</summary>
    public ReadOnlyMemory<double> Mean { get; }

    /// <summary>Standard deviation σ of each.</summary>
    public ReadOnlyMemory<double> Deviation { get; }

    /// <summary>Slates each was on.</summary>
    public ReadOnlyMemory<int> Comparisons { get; }

    /// <summary>n × n: slates two were on together; empty when not counted.</summary>
    public ReadOnlyMemory<int> PairComparisons { get; }

    /// <summary>Rating points that make one unit of natural log-odds: 1 for log-strengths, 173.7 on the Elo scale, about 4.2 for μ = 25, β = 25/6. Default: 1.</summary>
    public double Unit
    {
        get;
        init => field = Require.Positive(value, "The unit is a finite number above 0.");
    } = 1;

    /// <summary>Posterior covariance of the ratings, n × n; empty takes them as independent with <see cref="Deviation"/>.</summary>
    public ReadOnlyMemory<double> Covariance
    {
        get;
        init
        {
            Length(value.Length, Competitors * Competitors, nameof(value), mayBeEmpty: true);
            field = value;
        }
    }

    /// <summary>The same state in which only some may be drawn.</summary>
    /// <param name="available">One flag a competitor.</param>
    public MatchState Restrict(ReadOnlySpan<bool> available)
    {
        Length(available.Length, Competitors, nameof(available));
        bool[] both = available.ToArray();
        for (int i = 0; i < both.Length; i++)
        {
            both[i] &= IsAvailable(i);
        }

        return new MatchState(this, both);
    }

    /// <summary>Whether a competitor may be drawn.</summary>
    public bool IsAvailable(int competitor) => _available is null || _available[competitor];

    /// <summary>Whether two different competitors must not share a slate.</summary>
    public bool Excludes(int first, int second) =>
        _group is not null && _group[first] >= 0 && _group[first] == _group[second];

    /// <summary>How many competitors can be on one slate at most: groups count once.</summary>
    public int MostOnASlate
    {
        get
        {
            int most = 0;
            for (int i = 0; i < Competitors; i++)
            {
                most += IsAvailable(i) && (_group is null || _group[i] < 0) ? 1 : 0;
            }

            return most + _members.Count(group => group.Any(IsAvailable));
        }
    }

    /// <summary>Adds a slate to counts that a caller keeps: one for each member, one for each two members.</summary>
    public static void Count(ReadOnlySpan<int> slate, Span<int> comparisons, Span<int> pairComparisons)
    {
        foreach (int a in slate)
        {
            comparisons[a]++;
            foreach (int b in slate)
            {
                pairComparisons[a * comparisons.Length + b] += a == b ? 0 : 1;
            }
        }
    }

    /// <summary>Members of every exclusion group of two or more.</summary>
    internal ReadOnlySpan<int[]> GroupMembers => _members;

    internal bool HasGroups => _members.Length > 0;

    internal bool IsRestricted => _available is not null;

    /// <summary>Whether a competitor shares a group with others.</summary>
    internal bool IsGrouped(int competitor) => _group is not null && _group[competitor] >= 0;

    internal void Open(Span<bool> open)
    {
        if (_available is null)
        {
            open.Fill(true);
        }
        else
        {
            _available.CopyTo(open);
        }
    }

    /// <summary>Closes a competitor that was chosen, and all that must not share a slate with it.</summary>
    internal void Close(int competitor, Span<bool> open)
    {
        open[competitor] = false;
        if (IsGrouped(competitor))
        {
            foreach (int other in _members[_group![competitor]])
            {
                open[other] = false;
            }
        }
    }

    /// <summary>Σii + Σjj − 2Σij in squared units of log-odds.</summary>
    internal double DifferenceVariance(int i, int j)
    {
        double variance = Covariance.IsEmpty
            ? Deviation.Span[i] * Deviation.Span[i] + Deviation.Span[j] * Deviation.Span[j]
            : CovarianceOf(i, i) + CovarianceOf(j, j) - 2 * CovarianceOf(i, j);
        return Math.Max(0, variance) / (Unit * Unit);
    }

    internal double CovarianceOf(int i, int j)
    {
        if (!Covariance.IsEmpty)
        {
            return Covariance.Span[i * Competitors + j];
        }

        return i == j ? Deviation.Span[i] * Deviation.Span[i] : 0;
    }

    /// <summary>Groups of one member dissolve; the others are numbered from 0.</summary>
    private static (int[]? Group, int[][] Members) Groups(ReadOnlySpan<int> groups)
    {
        var members = new Dictionary<int, List<int>>();
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                if (!members.TryGetValue(groups[i], out List<int>? list))
                {
                    members[groups[i]] = list = [];
                }

                list.Add(i);
            }
        }

        int[][] shared = [.. members.OrderBy(g => g.Key).Select(g => g.Value.ToArray()).Where(g => g.Length > 1)];
        if (shared.Length == 0)
        {
            return (null, []);
        }

        var group = new int[groups.Length];
        Array.Fill(group, -1);
        for (int g = 0; g < shared.Length; g++)
        {
            foreach (int i in shared[g])
            {
                group[i] = g;
            }
        }

        return (group, shared);
    }

    private static void Length(int length, int needed, string name, bool mayBeEmpty = false)
    {
        if (length != needed && !(mayBeEmpty && length == 0))
        {
            throw new ArgumentException($"{needed} values are needed{(mayBeEmpty ? " (or none)" : "")}, but there are {length}.", name);
        }
    }
}
