using System.Globalization;
using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>What the numbers of a board mean, in sentences that name this board's own figures.</summary>
public sealed partial class HowToRead
{
    [Parameter, EditorRequired]
    public required MethodStandings Method { get; set; }

    [Parameter, EditorRequired]
    public required LeaderboardContent Content { get; set; }

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    private string Confidence => (100 * Content.Confidence).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private string Sentence(OpenPair pair) =>
        $"{NameOf(pair.First)} and {NameOf(pair.Second)}, after about {Text.Count((long)pair.BallotsNeeded, "more ballot", "more ballots")}";

    private string NameOf(string entry) => Method.Standings.FirstOrDefault(row => string.Equals(row.Entry, entry, StringComparison.Ordinal))?.EntryName ?? entry;

    private string NotSeparated
    {
        get
        {
            var pairs = Method.Standings.Count * (Method.Standings.Count - 1) / 2;
            return Method.PairsNotSeparated switch
            {
                0 => $"All {Text.Count(pairs, "pair")} of entries are separated.",
                1 => $"1 of {Text.Count(pairs, "pair")} of entries is not separated.",
                var open => $"{Text.Count(open)} of {Text.Count(pairs, "pair")} of entries are not separated.",
            };
        }
    }
}
