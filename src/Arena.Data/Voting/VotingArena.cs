using Arena.Data.Ids;
using Arena.Data.Suites;

namespace Arena.Data.Voting;

/// <summary>A place where people compare, blind, what entries made of the samples of one suite version.</summary>
public sealed class VotingArena
{
    public VotingArenaId Id { get; init; }

    /// <summary>The name in addresses, unique: lower case, digits and hyphens.</summary>
    public required string Slug { get; init; }

    public required string Title { get; set; }

    /// <summary>What a voter is asked, one sentence: "Which picture is sharper and more natural?"</summary>
    public required string Question { get; set; }

    /// <summary>What the arena is about, plain text.</summary>
    public required string Description { get; set; }

    /// <summary>Samples and outputs come from runs on it.</summary>
    public SuiteVersionId SuiteVersionId { get; init; }

    public SuiteVersion? SuiteVersion { get; init; }

    /// <summary>The board that its ballots feed.</summary>
    public LeaderboardId LeaderboardId { get; init; }

    /// <summary>K: how many outputs stand side by side, 2 to 6.</summary>
    public int SlateSize { get; set; }

    /// <summary>Whether each output of a battle answers another sample.</summary>
    public bool CrossSample { get; set; }

    /// <summary>The matchmaking policy, by its name in <c>MatchPolicies</c>.</summary>
    public required string Policy { get; set; }

    /// <summary>Grows whenever the policy or its parameters change: logged with every battle.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>ε: the share of battles drawn uniformly, so that what the policy hides can be found.</summary>
    public double UniformShare { get; set; }

    /// <summary>Reasons that a voter can tick, in order.</summary>
    public required string[] Reasons { get; set; }

    /// <summary>Whether voters may say how strongly they prefer.</summary>
    public bool AsksStrength { get; set; }

    /// <summary>Whether voters may mark what is acceptable at all.</summary>
    public bool AsksAcceptable { get; set; }

    /// <summary>Whether ballots of programs count on the board; they are marked either way.</summary>
    public bool CountsPrograms { get; set; }

    /// <summary>How long a published board lags behind the votes.</summary>
    public TimeSpan PublicationDelay { get; set; }

    public ArenaState State { get; set; }

    /// <summary>Parameter of every random draw that must be repeatable (intervals, not matchmaking).</summary>
    public long Seed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? OpenedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public ICollection<Contestant> Contestants { get; } = new List<Contestant>();

    public ICollection<VotingSample> Samples { get; } = new List<VotingSample>();
}
