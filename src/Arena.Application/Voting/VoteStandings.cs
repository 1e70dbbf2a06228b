using System.Collections.Immutable;
using Arena.Application.Leaderboards;
using Arena.Ranking;
using MathNet.Numerics.Distributions;
using Evidence = Arena.Application.Leaderboards.Evidence;
using Standing = Arena.Application.Leaderboards.Standing;

namespace Arena.Application.Voting;

/// <summary>From the ballots of an arena to the content of a snapshot: Plackett–Luce leads, the online ratings stand beside it.</summary>
internal static class VoteStandings
{
    public const string PlackettLuceName = PlackettLuce.Name;

    public const string OnlineName = TrueSkill.Name;

    private const double Confidence = 0.95;

    private const int NextPairs = 3;

    /// <summary>Ranks. Contestants without a ballot stay out: nothing is known of them.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="evidence">All of one moment; with at least one ballot.</param>
    /// <param name="method">The board's likelihood.</param>
    public static LeaderboardContent Make(ArenaContent arena, LiveEvidence evidence, PlackettLuceOptions method)
    {
        var ballots = evidence.Ballots ?? throw new ArgumentException("There are no ballots.", nameof(evidence));
        var votes = Count(arena.Contestants.Length, ballots);
        ImmutableArray<int> seen = [.. arena.Contestants.Where(contestant => votes[contestant.Ordinal].Ballots > 0).Select(contestant => contestant.Ordinal)];
        var entries = seen.Select(ordinal => arena.Contestants[ordinal]).ToImmutableArray();
        var options = method with
        {
            Confidence = Confidence,
            Seed = arena.Seed,
            StartRatings = [.. seen.Select(ordinal => evidence.Ratings[ordinal])],
        };
        var among = Among(ballots, seen);
        var (led, fitted) = Lead(among, options, entries, seen, votes);
        var online = Online(entries, seen, votes, evidence);
        var pairs = seen.Length * (seen.Length - 1) / 2;
        return new([led, online], 0, 0, Confidence, 0)
        {
            Votes = new(
                ballots.Count,
                ballots.Voters,
                ballots.Prompts,
                evidence.State.Pending,
                evidence.State.Excluded,
                evidence.State.Skipped,
                pairs,
                fitted is null ? [] : Nearest(fitted, entries)),
        };
    }

    private static (MethodStandings Board, Standings? Fitted) Lead(Ballots ballots, PlackettLuceOptions options, ImmutableArray<ArenaContestant> entries, ImmutableArray<int> seen, VoteEvidence[] votes)
    {
        if (!PlackettLuce.TryFit(ballots, options, out var fitted, out var diagnosis))
        {
            return (new(PlackettLuceName, [], 0, diagnosis.Message), null);
        }

        return (
            new(
                PlackettLuceName,
                [.. fitted.Order.Select(place => Row(entries[place], votes[seen[place]], fitted.Competitors[place].Rating, fitted.Competitors[place].Low, fitted.Competitors[place].High, fitted.Competitors[place].RankLow, fitted.Competitors[place].RankHigh))],
                fitted.Pairs.NotSeparated,
                fitted.Diagnostics.Notes.Count == 0 ? null : string.Join(' ', fitted.Diagnostics.Notes)),
            fitted);
    }

    /// <summary>Means and deviations of the online ratings; ranks from differences that hold for all pairs at once (Bonferroni).</summary>
    private static MethodStandings Online(ImmutableArray<ArenaContestant> entries, ImmutableArray<int> seen, VoteEvidence[] votes, LiveEvidence evidence)
    {
        var n = seen.Length;
        var mean = seen.Select(ordinal => evidence.OnlineMean[ordinal]).ToArray();
        var deviation = seen.Select(ordinal => evidence.OnlineDeviation[ordinal]).ToArray();
        var pointwise = Normal.InvCDF(0, 1, 1 - (1 - Confidence) / 2);
        var pairs = Math.Max(1, n * (n - 1) / 2);
        var joint = Normal.InvCDF(0, 1, 1 - (1 - Confidence) / (2.0 * pairs));
        bool Better(int a, int b) => mean[a] - mean[b] > joint * double.Hypot(deviation[a], deviation[b]);
        var open = pairs;
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                open -= Better(a, b) ? 1 : 0;
            }
        }

        return new(
            OnlineName,
            [
                .. Enumerable.Range(0, n)
                    .OrderByDescending(place => mean[place])
                    .Select(place => Row(
                        entries[place],
                        votes[seen[place]],
                        mean[place],
                        mean[place] - pointwise * deviation[place],
                        mean[place] + pointwise * deviation[place],
                        1 + Enumerable.Range(0, n).Count(other => Better(other, place)),
                        n - Enumerable.Range(0, n).Count(other => Better(place, other)))),
            ],
            n < 2 ? 0 : open,
            "Updated ballot by ballot: the order of the ballots matters. It chooses who meets whom; the board's own order is Plackett–Luce's.");
    }

    private static IReadOnlyList<OpenPair> Nearest(Standings fitted, ImmutableArray<ArenaContestant> entries)
    {
        List<OpenPair> open = [];
        for (var a = 0; a < fitted.Order.Count; a++)
        {
            for (var b = a + 1; b < fitted.Order.Count; b++)
            {
                int first = fitted.Order[a], second = fitted.Order[b];
                if (!fitted.Pairs[first, second].Separated && VotesNeeded.Between(fitted, first, second) is { AtCurrentMix: < 1e9 } needed)
                {
                    open.Add(new(entries[first].Slug, entries[second].Slug, Math.Ceiling(needed.AtCurrentMix)));
                }
            }
        }

        return [.. open.OrderBy(pair => pair.BallotsNeeded).Take(NextPairs)];
    }

    private static Standing Row(ArenaContestant entry, VoteEvidence votes, double rating, double low, double high, int rankLow, int rankHigh) =>
        new(entry.Slug, entry.Name, entry.Version, rating, low, high, rankLow, rankHigh, new Evidence(0, 0, 0) { Votes = votes });

    private static VoteEvidence[] Count(int contestants, Ballots ballots)
    {
        var counts = new int[contestants];
        var voters = Enumerable.Range(0, contestants).Select(_ => new HashSet<int>()).ToArray();
        var samples = Enumerable.Range(0, contestants).Select(_ => new HashSet<int>()).ToArray();
        for (var b = 0; b < ballots.Count; b++)
        {
            var ballot = ballots[b];
            foreach (var competitor in ballot.Competitors)
            {
                counts[competitor]++;
                voters[competitor].Add(ballot.Voter);
                samples[competitor].Add(ballot.Prompt);
            }
        }

        return [.. counts.Select((count, i) => new VoteEvidence(count, voters[i].Count, samples[i].Count(sample => sample >= 0)))];
    }

    /// <summary>The same ballots with only those contestants that stand on one, numbered anew.</summary>
    private static Ballots Among(Ballots ballots, ImmutableArray<int> seen)
    {
        if (seen.Length == ballots.Competitors)
        {
            return ballots;
        }

        var place = new int[ballots.Competitors];
        for (var i = 0; i < seen.Length; i++)
        {
            place[seen[i]] = i;
        }

        return ballots.Renumber(seen.Length, place);
    }
}
