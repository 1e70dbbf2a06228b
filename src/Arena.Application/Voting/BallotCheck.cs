using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>Checks what a voter sends against the battle that it answers.</summary>
internal static class BallotCheck
{
    public const int LongestComment = 2000;

    /// <summary>The rank of each slot.</summary>
    /// <param name="input">What was sent.</param>
    /// <param name="slots">How many outputs were shown.</param>
    /// <param name="arena">Knows its reasons and what it asks.</param>
    /// <param name="problem">What is wrong and what to do, a sentence; null when nothing is.</param>
    public static short[] Read(BallotInput input, int slots, ArenaContent arena, out string? problem)
    {
        problem = Problem(input, slots, arena);
        if (problem is not null || input.Form == BallotForm.Skip)
        {
            return [];
        }

        var ranks = new short[slots];
        for (var tier = 0; tier < input.Tiers.Count; tier++)
        {
            foreach (var slot in input.Tiers[tier])
            {
                // places among equals: the next tier counts on by one
                ranks[slot] = (short)(tier + 1);
            }
        }

        if (input.Form == BallotForm.BestWorst && slots == 2)
        {
            // with two shown there is no middle
            ranks[input.Tiers[^1][0]] = 3;
        }

        return ranks;
    }

    /// <summary>
    /// What is believed of the time that was spent: a browser may say anything, or leave it out, but nobody looks at a battle for longer
    /// than it has been drawn. What programs leave out stays unknown.
    /// </summary>
    public static double? SecondsSpent(BallotInput input, BallotOrigin origin, TimeSpan sinceDraw) =>
        input.SecondsSpent is null && origin.Source != BallotSource.Page ? null : Math.Min(input.SecondsSpent ?? double.PositiveInfinity, sinceDraw.TotalSeconds);

    private static string? Problem(BallotInput input, int slots, ArenaContent arena)
    {
        if (input.Form is not (BallotForm.Ranking or BallotForm.BestWorst or BallotForm.Skip))
        {
            return "The ballot's form is not known: send a ranking, best and worst, or a skip.";
        }

        if (input.Form == BallotForm.Skip)
        {
            return input.Tiers.Count > 0 || input.AllBad ? "A skip orders nothing: leave tiers and flags out, or send a ranking." : Extras(input, slots, arena);
        }

        if (input.Tiers.Any(tier => tier is null || tier.Count == 0))
        {
            return "A tier is empty: leave it out.";
        }

        var named = input.Tiers.SelectMany(tier => tier).ToArray();
        if (named.Any(slot => slot < 0 || slot >= slots))
        {
            return $"The ballot names a slot that was not shown: slots are 0 to {slots - 1}.";
        }

        if (named.Length != slots || named.Distinct().Count() != slots)
        {
            return $"Every one of the {slots} slots must stand in exactly one tier.";
        }

        if (input.Form == BallotForm.BestWorst && (input.Tiers[0].Count != 1 || input.Tiers[^1].Count != 1 || input.Tiers.Count != (slots == 2 ? 2 : 3)))
        {
            return "Best and worst are one slot each, with all others in one tier between them.";
        }

        return Extras(input, slots, arena);
    }

    private static string? Extras(BallotInput input, int slots, ArenaContent arena) => input switch
    {
        { Strength: not (null or >= 1 and <= 3) } => "The strength is 1 (slightly), 2 (clearly) or 3 (much).",
        { Strength: not null } when !arena.AsksStrength => "This arena does not ask how strongly: leave the strength out.",
        { Acceptable: not null } when !arena.AsksAcceptable => "This arena does not ask what is acceptable: leave it out.",
        { Acceptable: { } acceptable } when acceptable.Any(slot => slot < 0 || slot >= slots) => $"What is acceptable names slots 0 to {slots - 1}.",
        { Comment.Length: > LongestComment } => $"The comment is longer than {LongestComment} characters: shorten it.",
        { SecondsSpent: not (null or >= 0 and < 1e6) } => "The seconds spent are a number from 0.",
        _ when input.Reasons.FirstOrDefault(reason => !arena.Reasons.Contains(reason, StringComparer.Ordinal)) is { } unknown =>
            $"\"{unknown}\" is not one of this arena's reasons ({string.Join(", ", arena.Reasons)}).",
        _ => null,
    };
}
