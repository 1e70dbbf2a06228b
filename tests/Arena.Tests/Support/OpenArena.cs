using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Data.Voting;

namespace Arena.Tests.Support;

/// <summary>A host with an open arena on <see cref="TinySuite"/>, whose runs are taken for finished.</summary>
internal sealed class OpenArena : IAsyncDisposable
{
    public const string Slug = "tiny-arena";

    /// <summary>A test answers faster than a person: only a ballot of no seconds at all is doubted.</summary>
    public const string NoHaste = "--Arena:Voting:LeastTimePerOutput=00:00:00.0000001";

    private OpenArena(TestArena host) => Host = host;

    public TestArena Host { get; }

    public static ArenaSettings Settings { get; } = new()
    {
        Title = "Tiny arena",
        Question = "Which is better?",
        Description = "A test.",
        SlateSize = 2,
        CrossSample = false,
        Policy = MatchPolicies.Default,
        UniformShare = 0.1,
        Reasons = ["sharper", "more natural"],
        AsksStrength = true,
        AsksAcceptable = true,
        CountsPrograms = false,
        PublicationDelay = TimeSpan.Zero,
    };

    public static async Task<OpenArena> StartAsync(PostgresFixture postgres, int contestants, ArenaSettings? settings = null, params string[] options)
    {
        var host = await TestArena.StartAsync(postgres, null, [NoHaste, .. options]);
        await host.Get<SuiteImporter>().ImportAsync(TinySuite.Make(contestants), "test", default);
        await host.ScalarAsync("update runs set state = 'Finished', ended_at = now()");
        var arena = new OpenArena(host);
        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().CreateAsync("test", Slug, "tiny", settings ?? Settings, default));
        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().SetStateAsync("test", Slug, ArenaState.Open, default));
        return arena;
    }

    public static VoterIdentity NewVoter() => new(Guid.NewGuid(), VoterKind.Visitor);

    public async Task<ArenaContent> ContentAsync() => (await Host.Get<ArenaCatalog>().FindAsync(Slug, default))!;

    public async Task<DrawResult.Drawn> DrawAsync(VoterIdentity voter) => Assert.IsType<DrawResult.Drawn>(await Host.Get<BattleDrawer>().DrawAsync(Slug, voter, default));

    public Task<CastResult> CastAsync(VoterIdentity voter, BallotInput input, BallotSource source = BallotSource.Page) =>
        Host.Get<BallotCasting>().CastAsync(input, voter, new(source, "192.0.2.0/24"), default);

    /// <summary>Draws a battle and puts the contestant with the lowest ordinal first, and so on.</summary>
    public async Task<CastResult> VoteInOrderAsync(VoterIdentity voter)
    {
        var drawn = await DrawAsync(voter);
        return await CastAsync(voter, InOrder(drawn));
    }

    /// <summary>A ranking of a battle by the contestants' ordinals.</summary>
    public static BallotInput InOrder(DrawResult.Drawn drawn)
    {
        var slots = drawn.Battle.Battle.Slots;
        return new()
        {
            Token = drawn.Token,
            Tiers = [.. Enumerable.Range(0, slots.Length).OrderBy(place => slots[place]).Select(place => new[] { place })],
            SecondsSpent = 5,
        };
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
