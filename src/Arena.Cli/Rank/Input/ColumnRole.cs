namespace Arena.Cli.Rank.Input;

/// <summary>What a column holds.</summary>
internal enum ColumnRole
{
    /// <summary>The first of two competitors.</summary>
    A,

    /// <summary>The second of two.</summary>
    B,

    /// <summary>Which of two won, or the winner's name beside <see cref="Loser"/>.</summary>
    Winner,

    Loser,

    /// <summary>1 … 2: below 1.5 the first is preferred, above it the second.</summary>
    Preference,

    /// <summary>A whole ballot: <c>a&gt;b=c</c> or lists of names.</summary>
    Ranking,

    /// <summary>The best of those shown.</summary>
    Best,

    /// <summary>The worst of those shown.</summary>
    Worst,

    /// <summary>Names of those shown.</summary>
    Shown,

    Voter,
    Prompt,
    Weight,

    /// <summary>When the vote was cast or the contest held.</summary>
    Time,

    /// <summary>Which source a vote comes from, for boards of several.</summary>
    Source,

    /// <summary>Name of the entry that was scored or placed.</summary>
    Entry,

    /// <summary>What it was scored on.</summary>
    Sample,

    Score,

    /// <summary>Which contest a place belongs to.</summary>
    Contest,

    /// <summary>Place in the contest, 1 is best.</summary>
    Place,
}
