using Arena.Application.Voting;
using Arena.Ranking;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class PersonalBoardsTests(PostgresFixture postgres)
{
    private static readonly string[] Unlimited = ["--Arena:Voting:BallotsPerVoterMinute=100000", "--Arena:Voting:BurstPerNetworkMinute=100000", "--Arena:Voting:BallotsPerNetworkMinute=100000", "--Arena:Voting:DrawsPerVoterMinute=100000"];

    [Fact]
    public void Fit_NoBallots_IsEverybodysExactly()
    {
        double[] everybody = [1234.5, 1000, 765.5];
        Assert.Equal(everybody, PersonalBoards.Fit(new BallotsBuilder(3).ToBallots(), everybody, 100));
    }

    [Fact]
    public async Task List_VoterAgainstTheOthers_IsPulledTowardThemAndAgreesOnNothing()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3, null, Unlimited);
        foreach (var other in Enumerable.Range(0, 5).Select(_ => OpenArena.NewVoter()))
        {
            for (var i = 0; i < 6; i++)
            {
                await arena.VoteInOrderAsync(other);
            }
        }

        var contrary = OpenArena.NewVoter();
        await ReverseAsync(arena, contrary, 1);
        var boards = arena.Host.Get<PersonalBoards>();
        var first = Assert.Single(await boards.ListAsync(contrary, default));
        await ReverseAsync(arena, contrary, 40);
        var later = Assert.Single(await boards.ListAsync(contrary, default));

        Assert.Equal("tiny-b0", first.Standings[0].Entry);
        Assert.Equal("tiny-b2", later.Standings[0].Entry);
        Assert.Equal((41, 41, 0), (later.Ballots, later.Agreement!.Preferences, later.Agreement.Agreed));
        Assert.Equal(1, later.Agreement.Typical, 1e-12);
        Assert.Equal(0, later.Agreement.Interval.Low, 1e-12);
        Assert.InRange(later.Agreement.Interval.High, 0.08, 0.09); // Wilson: z² / (n + z²)
        Assert.Empty(await boards.ListAsync(OpenArena.NewVoter(), default));
    }

    [Fact]
    public async Task List_BoardWithADelay_IsLeftOut()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3, OpenArena.Settings with { PublicationDelay = TimeSpan.FromDays(1) }, Unlimited);
        var voter = OpenArena.NewVoter();
        await arena.VoteInOrderAsync(voter);

        Assert.Empty(await arena.Host.Get<PersonalBoards>().ListAsync(voter, default));
    }

    [Fact]
    public void Agreement_EvenOthersAndOwnVotes_AreNotCounted()
    {
        // two entries: the voter said once 0 above 1; of the others one said so and one the contrary
        Assert.Null(Agreement.Of([0, 1, 0, 0], [0, 2, 1, 0]));
        var agreement = Agreement.Of([0, 2, 0, 0], [0, 5, 1, 0])!;
        Assert.Equal((2, 2, 0.75), (agreement.Preferences, agreement.Agreed, agreement.Typical));
        Assert.Equal(0.342, agreement.Interval.Low, 1e-3);
        Assert.Equal(1, agreement.Interval.High, 1e-12);
    }

    private static async Task ReverseAsync(OpenArena arena, VoterIdentity voter, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var input = OpenArena.InOrder(await arena.DrawAsync(voter));
            Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, input with { Tiers = [.. input.Tiers.Reverse()] }));
        }
    }
}
