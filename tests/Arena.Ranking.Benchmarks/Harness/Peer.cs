using System.Globalization;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Somebody else's program that does the same work.</summary>
/// <param name="Name">Who, such as "openskill.js 5.0.1".</param>
/// <param name="QuotedSeconds">Seconds known from an earlier measurement; NaN where there are none.</param>
internal sealed record Peer(string Name, double QuotedSeconds)
{
    /// <summary>Measures it now, in seconds; null where it is not installed, and then the quoted seconds stand in and are called so.</summary>
    public Func<CancellationToken, Task<double?>>? Measure { get; init; }

    /// <summary>A peer that cannot run beside this.</summary>
    public static Peer Quoted(string name, double seconds) => new(name, seconds);

    /// <summary>openskill.js in a node of its own: games of <paramref name="perGame"/> among <paramref name="players"/>, one after the other.</summary>
    /// <param name="model"><c>plackettLuce</c>, <c>bradleyTerryFull</c> or <c>thurstoneMostellerFull</c>.</param>
    /// <param name="games">Number of games.</param>
    /// <param name="players">Number of players.</param>
    /// <param name="perGame">Players a game.</param>
    /// <param name="quotedSeconds">What stands in where node or the package is missing.</param>
    public static Peer OpenSkill(string model, int games, int players, int perGame, double quotedSeconds) => new("openskill.js 5.0.1", quotedSeconds)
    {
        Measure = token => PeerProcess.NodeAsync("openskill.mjs", [model, Text(games), Text(players), Text(perGame)], token),
    };

    public async Task<(double Seconds, bool Measured)> SecondsAsync(CancellationToken cancellationToken) =>
        Measure is not null && await Measure(cancellationToken) is { } measured ? (measured, true) : (QuotedSeconds, false);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
