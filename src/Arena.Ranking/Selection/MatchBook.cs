namespace Arena.Ranking.Selection;

/// <summary>
/// What a running arena keeps for its matchmaking: beliefs, counts, versions and who takes part, changed ballot by ballot. Nothing
/// is read again: a ballot of K costs K² counts and one update of <see cref="OnlineRatings"/>. <see cref="State"/> is what a
/// policy draws from.
/// </summary>
/// <remarks>
/// <para>Safe for any number of threads. Changes take turns, each a few microseconds; states never change, so draws need no lock, and
/// the probability of a slate is that under the very state from which it was drawn. A state shares its rows of pair counts with the
/// book until one of them is written, so making one copies 30 bytes a competitor, not n².</para>
/// <para>A slate that went out counts at once (<see cref="Issue"/>), not when its vote comes: policies that look for the least compared
/// would else give everybody who asks in the meantime the same one. It depends on no outcome, so the likelihood stays ignorable.</para>
/// <para>Memory: 4 n² bytes for those who were shown, 4 MB for 1,000. After a restart, take the ballots in again.</para>
/// </remarks>
public sealed class MatchBook
{
    private readonly Lock _gate = new();
    private readonly OnlineRatings _ratings;
    private readonly double _unit;
    private int[] _comparisons = [];
    private int[] _groupNumbers = [];
    private bool[] _available = [];
    private int[][] _together = []; // empty until somebody was shown
    private bool[] _lent = []; // rows that a state reads
    private ExclusionGroups? _groups;
    private MatchState? _state;

    /// <summary>A book without a competitor.</summary>
    /// <param name="options">The rule that updates beliefs, and the newcomers' prior.</param>
    public MatchBook(OnlineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_ratings, _unit) = (new OnlineRatings(0, options), options.LogOddsUnit);
    }

    /// <summary>Number of competitors, those that may not be drawn among them.</summary>
    public int Competitors
    {
        get
        {
            lock (_gate)
            {
                return _ratings.Count;
            }
        }
    }

    /// <summary>The present state. It never changes; asked again without a change in between it is the same object.</summary>
    public MatchState State
    {
        get
        {
            if (Volatile.Read(ref _state) is { } state)
            {
                return state;
            }

            lock (_gate)
            {
                return _state ??= Snapshot();
            }
        }
    }

    /// <summary>Adds a competitor at the prior; returns its index.</summary>
    /// <param name="exclusionGroup">Those with the same number ≥ 0 never share a slate (versions of one entry, or a whole family); −1 is no group.</param>
    public int Add(int exclusionGroup = -1)
    {
        lock (_gate)
        {
            int index = _ratings.Add();
            if (index == _comparisons.Length)
            {
                Grow(Math.Max(16, 2 * index));
            }

            (_groupNumbers[index], _available[index]) = (exclusionGroup, true);
            (_groups, _state) = (null, null);
            return index;
        }
    }

    /// <summary>Says whether a competitor may be drawn. One that may not keeps its rating and its counts.</summary>
    public void SetAvailable(int competitor, bool available)
    {
        lock (_gate)
        {
            Check(competitor);
            (_available[competitor], _state) = (available, null);
        }
    }

    /// <summary>Sets what is believed about a competitor: a prior better than the common one, such as that of the version before, wider.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="OnlineRatings.this"/>.</exception>
    public void Believe(int competitor, Skill belief)
    {
        lock (_gate)
        {
            (_ratings[competitor], _state) = (belief, null);
        }
    }

    /// <summary>Counts a slate that went out to a voter.</summary>
    /// <exception cref="ArgumentException">Somebody is named twice or is not here.</exception>
    public void Issue(ReadOnlySpan<int> slate)
    {
        lock (_gate)
        {
            Check(slate);
            Count(slate, 1);
        }
    }

    /// <summary>Takes back the count of a slate that went out and will not be voted on.</summary>
    /// <exception cref="ArgumentException">As <see cref="Issue"/>, or no such slate can be out.</exception>
    public void Abandon(ReadOnlySpan<int> slate)
    {
        lock (_gate)
        {
            Check(slate);
            for (int a = 0; a < slate.Length; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    if (_together[slate[a]].Length == 0 || _together[slate[a]][slate[b]] == 0)
                    {
                        throw new ArgumentException($"Competitors {slate[a]} and {slate[b]} are on no slate together that could be taken back.", nameof(slate));
                    }
                }
            }

            Count(slate, -1);
        }
    }

    /// <summary>Takes in a vote. One that shows fewer than two, or weighs 0, changes nothing.</summary>
    /// <param name="ballot">The vote.</param>
    /// <param name="issued">Whether <see cref="Issue"/> has counted its slate already.</param>
    /// <exception cref="ArgumentException">As <see cref="OnlineRatings.Update(in Ballot)"/>.</exception>
    public void Vote(in Ballot ballot, bool issued)
    {
        if (ballot.Length < 2 || ballot.Weight == 0)
        {
            return;
        }

        lock (_gate)
        {
            _ratings.Update(ballot);
            Voted(ballot.Competitors, issued);
        }
    }

    /// <summary>Takes in the vote that a ranking is.</summary>
    /// <param name="slate">Who was shown, each once.</param>
    /// <param name="ranks">One each, smaller is better, equal ranks tie.</param>
    /// <param name="issued">Whether <see cref="Issue"/> has counted its slate already.</param>
    /// <exception cref="ArgumentException">As <see cref="OnlineRatings.Update(ReadOnlySpan{int}, ReadOnlySpan{int})"/>.</exception>
    public void Vote(ReadOnlySpan<int> slate, ReadOnlySpan<int> ranks, bool issued)
    {
        lock (_gate)
        {
            _ratings.Update(slate, ranks);
            Voted(slate, issued);
        }
    }

    /// <summary>Takes in a history of votes, in its order: after a start, or to try a policy out.</summary>
    /// <param name="ballots">Of competitors that were added before.</param>
    public void Replay(Ballots ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        for (int b = 0; b < ballots.Count; b++)
        {
            Vote(ballots[b], issued: false);
        }
    }

    private void Voted(ReadOnlySpan<int> slate, bool issued)
    {
        _state = null;
        if (!issued)
        {
            Count(slate, 1);
        }
    }

    private void Count(ReadOnlySpan<int> slate, int change)
    {
        foreach (int a in slate)
        {
            _comparisons[a] += change;
            int[] row = Own(a);
            foreach (int b in slate)
            {
                row[b] += a == b ? 0 : change;
            }
        }

        _state = null;
    }

    /// <summary>The row of a competitor to write in: a copy where a state reads the one there was.</summary>
    private int[] Own(int competitor)
    {
        int[] row = _together[competitor];
        if (_lent[competitor] || row.Length < _comparisons.Length)
        {
            var own = new int[_comparisons.Length];
            row.CopyTo(own, 0);
            (_together[competitor], _lent[competitor], row) = (own, false, own);
        }

        return row;
    }

    private MatchState Snapshot()
    {
        int n = _ratings.Count;
        _groups ??= ExclusionGroups.Of(_groupNumbers.AsSpan(0, n));
        int[] nobody = [];
        var rows = new int[n][];
        for (int i = 0; i < n; i++)
        {
            bool shown = _together[i].Length > 0;
            if (!shown && nobody.Length == 0)
            {
                nobody = new int[n];
            }

            // a row may be older than the latest newcomers
            rows[i] = !shown ? nobody : _together[i].Length >= n ? _together[i] : Own(i);
            _lent[i] = shown;
        }

        ReadOnlySpan<bool> available = _available.AsSpan(0, n);
        return new MatchState(
            _ratings.Mu.ToArray(),
            _ratings.Sigma.ToArray(),
            _comparisons.AsSpan(0, n).ToArray(),
            rows,
            _groups,
            available.Contains(false) ? available.ToArray() : null)
        {
            Unit = _unit,
        };
    }

    private void Grow(int room)
    {
        Array.Resize(ref _comparisons, room);
        Array.Resize(ref _groupNumbers, room);
        Array.Resize(ref _available, room);
        Array.Resize(ref _lent, room);
        int known = _together.Length;
        Array.Resize(ref _together, room);
        _together.AsSpan(known).Fill([]);
    }

    private void Check(ReadOnlySpan<int> slate)
    {
        for (int k = 0; k < slate.Length; k++)
        {
            Check(slate[k]);
            if (slate[..k].Contains(slate[k]))
            {
                throw new ArgumentException($"Competitor {slate[k]} is named twice. Name each once.", nameof(slate));
            }
        }
    }

    private void Check(int competitor)
    {
        if ((uint)competitor >= (uint)_ratings.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(competitor), competitor, $"There are {_ratings.Count} competitors, numbered from 0.");
        }
    }
}
