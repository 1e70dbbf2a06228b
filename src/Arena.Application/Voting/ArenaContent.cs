using System.Collections.Immutable;
using Arena.Data.Ids;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>An arena as drawing and casting need it. Immutable: a change makes a new one.</summary>
public sealed record ArenaContent
{
    public required VotingArenaId Id { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Question { get; init; }

    public required string Description { get; init; }

    public required SuiteVersionId SuiteVersion { get; init; }

    public required string Board { get; init; }

    public required int SlateSize { get; init; }

    public required bool CrossSample { get; init; }

    public required string Policy { get; init; }

    public required int PolicyVersion { get; init; }

    public required double UniformShare { get; init; }

    public required ImmutableArray<string> Reasons { get; init; }

    public required bool AsksStrength { get; init; }

    public required bool AsksAcceptable { get; init; }

    public required bool CountsPrograms { get; init; }

    public required TimeSpan PublicationDelay { get; init; }

    public required ArenaState State { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>By ordinal, without a gap.</summary>
    public required ImmutableArray<ArenaContestant> Contestants { get; init; }

    /// <summary>By ordinal.</summary>
    public required ImmutableArray<ArenaSample> Samples { get; init; }
}

/// <summary>A contestant.</summary>
/// <param name="Ordinal">Its number on ballots.</param>
/// <param name="Slug">Of its entry.</param>
/// <param name="Name">Of its entry.</param>
/// <param name="Version">Of its entry.</param>
/// <param name="Group">Equal for versions of one entry, which never meet.</param>
/// <param name="Run">Holds its outputs.</param>
/// <param name="Active">Not withdrawn, not retired, and its outputs are there.</param>
public sealed record ArenaContestant(int Ordinal, string Slug, string Name, int Version, int Group, RunId Run, bool Active);

/// <summary>A sample of the voting split.</summary>
/// <param name="Ordinal">In the suite version.</param>
/// <param name="GoldBest">On a gold item the contestant that belongs first, else null.</param>
/// <param name="GoldWorst">On a gold item the contestant that belongs below it, else null.</param>
public sealed record ArenaSample(int Ordinal, int? GoldBest, int? GoldWorst)
{
    public bool IsGold => GoldBest is not null && GoldWorst is not null;
}
