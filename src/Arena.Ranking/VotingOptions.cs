namespace Arena.Ranking;

/// <summary>What a bootstrap over votes draws.</summary>
public enum VoteResampling
{
    /// <summary>Voters where every ballot's is known and there are two or more, ballots otherwise.</summary>
    Auto,

    /// <summary>Nothing: ratings without intervals, at once.</summary>
    None,

    /// <summary>Ballots (samples of a score matrix), each for itself.</summary>
    Ballots,

    /// <summary>Voters, with all their ballots; a ballot whose voter is unknown stands for itself.</summary>
    Voters,

    /// <summary>Prompts, with all their ballots; a ballot whose prompt is unknown stands for itself.</summary>
    Prompts,
}

/// <summary>What all voting rules share. A voting rule has no likelihood: intervals come from ranking again what is drawn with replacement.</summary>
public record VotingOptions : FitOptions
{
    /// <summary>500 rounds in place of 2,000, because every round applies the whole rule.</summary>
    public VotingOptions() => Rounds = 500;

    /// <summary>What the bootstrap draws. Default: <see cref="VoteResampling.Auto"/>.</summary>
    public VoteResampling Resampling { get; init; }
}

/// <summary>How Borda points are made comparable.</summary>
public enum BordaScale
{
    /// <summary>The sum over ballots, as peers give it. Who stood on more ballots has more: for ballots that show everybody.</summary>
    Points,

    /// <summary>Points / points that could have been won: the share of the others beaten, in [0, 1]. For ballots that show different competitors.</summary>
    Share,
}

/// <summary>Options of <see cref="Borda"/>.</summary>
public sealed record BordaOptions : VotingOptions
{
    /// <summary>Default: <see cref="BordaScale.Points"/>.</summary>
    public BordaScale Scale { get; init; }
}

/// <summary>What a duel is worth.</summary>
public enum CopelandScale
{
    /// <summary>Duels won less duels lost (pref_voting).</summary>
    WinsMinusLosses,

    /// <summary>1 a duel won, ½ a duel drawn (open_spiel). The same order.</summary>
    HalfForDraw,
}

/// <summary>Options of <see cref="Copeland"/>.</summary>
public sealed record CopelandOptions : VotingOptions
{
    /// <summary>Default: <see cref="CopelandScale.WinsMinusLosses"/>.</summary>
    public CopelandScale Scale { get; init; }
}

/// <summary>How strong a victory in a duel is.</summary>
public enum DuelStrength
{
    /// <summary>Votes for less votes against.</summary>
    Margin,

    /// <summary>Votes for, of the winner of the duel. Differs from margins only where not all ballots order the two.</summary>
    WinningVotes,
}

/// <summary>Options of <see cref="Schulze"/>.</summary>
public sealed record SchulzeOptions : VotingOptions
{
    /// <summary>Default: <see cref="DuelStrength.Margin"/>.</summary>
    public DuelStrength Strength { get; init; }
}

/// <summary>What happens to duels of equal margin in <see cref="RankedPairs"/>.</summary>
public enum RankedPairsTies
{
    /// <summary>All orders of equal duels are tried (parallel universes); ratings are the average over the different results. Falls back to <see cref="ByIndex"/> beyond <see cref="RankedPairsOptions.MaxStates"/>.</summary>
    AllUniverses,

    /// <summary>The duel whose winner, then whose loser, has the lower index goes first: quick, and not neutral between names.</summary>
    ByIndex,
}

/// <summary>Options of <see cref="RankedPairs"/>.</summary>
public sealed record RankedPairsOptions : VotingOptions
{
    /// <summary>Default: <see cref="RankedPairsTies.AllUniverses"/>.</summary>
    public RankedPairsTies Ties { get; init; }

    /// <summary>Most states of the search over universes. Default: 20,000.</summary>
    public int MaxStates
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 state or more, such as 20,000.");
    } = 20_000;
}

/// <summary>Options of <see cref="Kemeny"/>.</summary>
public sealed record KemenyOptions : VotingOptions
{
    /// <summary>Largest cycle group solved exactly, 2 … 22: time and memory double with each. Default: 18 (about 0.1 s, 4 MB).</summary>
    public int ExactLimit
    {
        get;
        init => field = Require.That(value, value is >= 2 and <= 22, "The exact search takes groups of 2 to 22.");
    } = 18;

    /// <summary>Most optimal rankings listed. Default: 100.</summary>
    public int MaxRankings
    {
        get;
        init => field = Require.AtLeast(value, 1, "List 1 ranking or more.");
    } = 100;

    /// <summary>Random starts of the local search, beside the one from Borda. Default: 20.</summary>
    public int Restarts
    {
        get;
        init => field = Require.AtLeast(value, 0, "Give 0 restarts or more.");
    } = 20;
}

/// <summary>What the game of a <see cref="MaximalLottery"/> pays.</summary>
public enum LotteryStakes
{
    /// <summary>The margin of the duel.</summary>
    Margins,

    /// <summary>1 for a duel won, −1 for one lost (C1, the bipartisan set's lottery).</summary>
    Majorities,
}

/// <summary>Options of <see cref="MaximalLottery"/>.</summary>
public sealed record MaximalLotteryOptions : VotingOptions
{
    /// <summary>Default: <see cref="LotteryStakes.Margins"/>.</summary>
    public LotteryStakes Stakes { get; init; }
}
