using System.ComponentModel.DataAnnotations;

namespace Arena.Application.Voting;

/// <summary>Settings of voting, section <c>Arena:Voting</c>.</summary>
public sealed class VotingOptions
{
    /// <summary>How long a battle can be answered after it was drawn. Default: 2 hours.</summary>
    public TimeSpan BattleLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Ballots a voter may cast in a minute before being asked to wait. Default: 60.</summary>
    [Range(1, 1_000_000)]
    public int BallotsPerVoterMinute { get; set; } = 60;

    /// <summary>Ballots one network prefix may cast in a minute. Default: 600, a class room.</summary>
    [Range(1, 1_000_000)]
    public int BallotsPerNetworkMinute { get; set; } = 600;

    /// <summary>Battles a voter may draw in a minute. Default: 120: as many again as ballots, for prefetch and skips.</summary>
    [Range(1, 1_000_000)]
    public int DrawsPerVoterMinute { get; set; } = 120;

    /// <summary>A ballot that comes sooner, per output shown, is doubted. Default: 0.25 s.</summary>
    public TimeSpan LeastTimePerOutput { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Share of battles that are gold items, in arenas that have some. Default: 0.05.</summary>
    [Range(0, 0.5)]
    public double GoldShare { get; set; } = 0.05;

    /// <summary>From one network within a minute: more ballots than this are doubted. Default: 120.</summary>
    [Range(1, 1_000_000)]
    public int BurstPerNetworkMinute { get; set; } = 120;

    /// <summary>Standard deviation of the prior on ratings, in points: what is assumed of an entry before any ballot. Default: 350.</summary>
    [Range(10, 10_000)]
    public double PriorDeviation { get; set; } = 350;

    /// <summary>How far one voter's own ratings are assumed to lie from everybody's, as a standard deviation in points. Default: 100.</summary>
    [Range(10, 10_000)]
    public double PersonalDeviation { get; set; } = 100;

    /// <summary>The least time between two refits of a board that stands on votes. Default: 2 s.</summary>
    public TimeSpan RefitEvery { get; set; } = TimeSpan.FromSeconds(2);
}
