using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Online updates, game by game.</summary>
internal sealed class OnlineBenchmark : IRankingBenchmark
{
    private const int Players = 100;
    private const int PerGame = 4;

    public string Name => "online";

    public int Place => 40;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        int games = settings.Quick ? 1_000 : 100_000;
        yield return Work("Online update, Weng–Lin Plackett–Luce", games, settings, new WengLinOptions()) with
        {
            TargetSeconds = 0.04,
            Peers = [Peer.OpenSkill("plackettLuce", games, Players, PerGame, 2.6)],
        };
        yield return Work("Online update, Weng–Lin Bradley–Terry full", games, settings, new WengLinOptions { Model = WengLinModel.BradleyTerryFull }) with
        {
            Peers = [Peer.OpenSkill("bradleyTerryFull", games, Players, PerGame, 1.8)],
        };
        yield return Work("Online update, Weng–Lin Thurstone–Mosteller full", games, settings, new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull }) with
        {
            Peers = [Peer.OpenSkill("thurstoneMostellerFull", games, Players, PerGame, 2.2)],
        };
        int few = settings.Quick ? 100 : 1_000;
        yield return Work("Online update, TrueSkill", few, settings, new TrueSkillOptions()) with
        {
            Peers = [Peer.Quoted("trueskill (Python)", 0.87)],
        };
    }

    private static RankingWork Work(string name, int games, BenchmarkSettings settings, OnlineOptions options) => new(name, $"{Players} entries, {games:N0} games of {PerGame}")
    {
        Prepare = () =>
        {
            Ballots ballots = Games(games, settings.Seed);
            return () =>
            {
                var ratings = new OnlineRatings(Players, options);
                for (int b = 0; b < ballots.Count; b++)
                {
                    ratings.Update(ballots[b]);
                }
            };
        },
    };

    private static Ballots Games(int games, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        var builder = new BallotsBuilder(Players, games, games * PerGame);
        Span<int> slate = stackalloc int[PerGame];
        for (int g = 0; g < games; g++)
        {
            for (int k = 0; k < PerGame; k++)
            {
                do
                {
                    slate[k] = random.NextBelow(Players);
                }
                while (slate[..k].Contains(slate[k]));
            }

            builder.AddRanking(slate);
        }

        return builder.ToBallots();
    }
}
