using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Brings several sources to the entries that all of them know, under the same numbers.</summary>
internal static class SharedEntries
{
    private const int Shown = 8;

    public static RankInput.Several Of(IReadOnlyList<(string Name, RankInput Input)> sources)
    {
        string[] shared = [.. sources.Select(s => (IEnumerable<string>)s.Input.Names).Aggregate((a, b) => a.Intersect(b, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
        if (shared.Length < 2)
        {
            throw new RefusedException($"The sources {string.Join(", ", sources.Select(s => s.Name))} share {(shared.Length == 0 ? "no entry" : "one entry only")}, so there is nothing to mix. Are the names written alike, and the columns the right ones?");
        }

        return new RankInput.Several([.. sources.Select(s => (s.Name, Restricted(s.Input, shared)))])
        {
            Names = shared,
            Files = [.. sources.SelectMany(s => s.Input.Files)],
            Notes = [.. sources.SelectMany(s => s.Input.Notes.Select(n => $"{s.Name}: {n}")), .. sources.SelectMany(s => LeftOut(s.Name, s.Input.Names, shared))],
        };
    }

    /// <summary>Some of the entries of a source, in the order given.</summary>
    private static RankInput Restricted(RankInput input, string[] shared)
    {
        Dictionary<string, int> place = shared.Select((name, k) => (name, k)).ToDictionary(p => p.name, p => p.k, StringComparer.Ordinal);
        int[] at = [.. input.Names.Select(n => place.GetValueOrDefault(n, -1))];
        return input switch
        {
            RankInput.Votes votes => new RankInput.Votes(Restricted(votes.Ballots, at, shared.Length)) { Names = shared },
            RankInput.Scores scores => scores with { Names = shared, Matrix = scores.Matrix.Select([.. Enumerable.Range(0, at.Length).Where(e => at[e] >= 0).OrderBy(e => at[e])]) },
            _ => throw new RefusedException("Sources are votes or scores, not payoffs."),
        };
    }

    private static Ballots Restricted(Ballots ballots, int[] at, int competitors)
    {
        var builder = new BallotsBuilder(competitors, ballots.Count, ballots.Slots);
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            var details = new BallotDetails(ballot.Weight, ballot.Voter, ballot.Prompt, ballot.AllBad);
            var tiers = new List<int[]>();
            bool unordered = false;
            for (int slot = 0; slot < ballot.Length; slot++)
            {
                int entry = at[ballot.Competitors[slot]];
                if (slot == 0 || ballot.Tier(slot) != ballot.Tier(slot - 1))
                {
                    tiers.Add([]);
                }

                unordered |= ballot.KindOfTier(slot) == TierKind.Unordered;
                tiers[^1] = entry < 0 ? tiers[^1] : [.. tiers[^1], entry];
            }

            if (ballot.Kind == BallotKind.Pairwise)
            {
                if (at[ballot.First] >= 0 && at[ballot.Second] >= 0)
                {
                    PairOutcome outcome = ballot.Tiers == 1 ? ballot.AllBad ? PairOutcome.BothBad : PairOutcome.Tie : ballot.Competitors[0] == ballot.First ? PairOutcome.FirstWins : PairOutcome.SecondWins;
                    builder.AddPair(at[ballot.First], at[ballot.Second], outcome, details);
                }
            }
            else if (tiers.Sum(t => t.Length) >= 2)
            {
                // of a choice, what is left is known no better than before
                builder.AddTiers([.. tiers.Where(t => t.Length > 0)], details, unordered ? TierKind.Unordered : TierKind.Tied);
            }
        }

        return builder.ToBallots();
    }

    private static IEnumerable<string> LeftOut(string source, IReadOnlyList<string> names, string[] shared)
    {
        string[] others = [.. names.Except(shared, StringComparer.Ordinal)];
        return others.Length == 0
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"{source} also has {others.Length:N0} {(others.Length == 1 ? "entry" : "entries")} that not every source has, left out here: {string.Join(", ", others.Take(Shown))}{(others.Length > Shown ? " …" : "")}.")];
    }
}
