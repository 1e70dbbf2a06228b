namespace Arena.Ranking.Selection;

/// <summary>
/// What matchmaking knows about n competitors: ratings, how sure they are, and who was compared how often.
/// </summary>
/// <remarks>
/// The columns are views, not copies: a simulation on one thread may go on writing into its own arrays between two draws. Nobody
/// may write while somebody draws, nor between a draw and the question how probable it was: where votes arrive while slates are
/// drawn, take the states of a <see cref="MatchBook"/>, which never change.
/// </remarks>
public sealed class MatchState
{
    /// <summary>The largest slate that can be drawn.</summary>
    public const int LargestSlate = 32;

    private readonly ReadOnlyMemory<int> _pairs;
    private readonly int[][]? _pairRows;
    private readonly ExclusionGroups _groups;
    private readonly bool[]? _available;

    /// <summary>Views of ratings and counts; later changes show.</summary>
    /// <param name="mean">Rating μ of each competitor.</param>
    /// <param name="deviation">Its standard deviation σ, finite and not negative.</param>
    /// <param name="comparisons">Slates each was on.</param>
    /// <param name="pairComparisons">n × n row by row, symmetric: slates two were on together. Empty when nothing is counted by pair (policies that need it say so).</param>
    /// <param name="exclusionGroups">One a competitor: those with the same number ≥ 0 never share a slate (versions of one entry, or a whole family); −1 is no group. Empty excludes nothing.</param>
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

        (Mean, Deviation, Comparisons, _pairs) = (mean, deviation, comparisons, pairComparisons);
        _groups = ExclusionGroups.Of(exclusionGroups);
        (FreeCompetitors, AvailableOfGroup) = _groups.CountAvailable(n, null);
    }

    /// <summary>From a <see cref="MatchBook"/>: columns that nobody writes any more, pairs as one row a competitor (n values or more).</summary>
    internal MatchState(double[] mean, double[] deviation, int[] comparisons, int[][] pairRows, ExclusionGroups groups, bool[]? available)
    {
        (Mean, Deviation, Comparisons, _pairRows) = (mean, deviation, comparisons, pairRows);
        (_groups, _available) = (groups, available);
        (FreeCompetitors, AvailableOfGroup) = groups.CountAvailable(mean.Length, available);
    }

    private MatchState(MatchState other, bool[] available)
    {
        (Mean, Deviation, Comparisons, _pairs, _pairRows) = (other.Mean, other.Deviation, other.Comparisons, other._pairs, other._pairRows);
        (_groups, Unit, Covariance, _available) = (other._groups, other.Unit, other.Covariance, available);
        (FreeCompetitors, AvailableOfGroup) = _groups.CountAvailable(Competitors, available);
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

    /// <summary>Whether it is counted how often every two were on a slate together.</summary>
    public bool CountsPairs => _pairRows is not null || !_pairs.IsEmpty;

    /// <summary>Rating points that make one unit of natural log-odds: 1 for log-strengths, 173.7 on the Elo scale, <see cref="OnlineOptions.LogOddsUnit"/> for online ratings. Default: 1.</summary>
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

    /// <summary>Slates a competitor was on together with each other one, n values; empty when pairs are not counted.</summary>
    public ReadOnlySpan<int> Together(int competitor) =>
        _pairRows is not null ? _pairRows[competitor].AsSpan(0, Competitors)
        : _pairs.IsEmpty ? default
        : _pairs.Span.Slice(competitor * Competitors, Competitors);

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
    public bool Excludes(int first, int second) => _groups.Of(first) is var group and >= 0 && group == _groups.Of(second);

    /// <summary>How many competitors can be on one slate at most: groups count once.</summary>
    public int MostOnASlate => FreeCompetitors + AvailableOfGroup.Count(members => members > 0);

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
    internal ReadOnlySpan<int[]> GroupMembers => _groups.Members;

    /// <summary>Of each of these groups, how many may be drawn.</summary>
    internal int[] AvailableOfGroup { get; }

    /// <summary>Those without such a group that may be drawn.</summary>
    internal int FreeCompetitors { get; }

    internal bool HasGroups => _groups.Members.Length > 0;

    internal bool IsRestricted => _available is not null;

    /// <summary>Whether a competitor shares a group with others.</summary>
    internal bool IsGrouped(int competitor) => _groups.Of(competitor) >= 0;

    /// <summary>All of a competitor's group, itself among them; empty without one.</summary>
    internal ReadOnlySpan<int> MatesOf(int competitor) => IsGrouped(competitor) ? _groups.Members[_groups.Of(competitor)] : [];

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
        foreach (int mate in MatesOf(competitor))
        {
            open[mate] = false;
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

    private static void Length(int length, int needed, string name, bool mayBeEmpty = false)
    {
        if (length != needed && !(mayBeEmpty && length == 0))
        {
            throw new ArgumentException($"{needed} values are needed{(mayBeEmpty ? " (or none)" : "")}, but there are {length}.", name);
        }
    }
}
