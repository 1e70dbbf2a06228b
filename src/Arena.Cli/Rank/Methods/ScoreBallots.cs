using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Scores as votes: on every sample its measured entries in order, equal scores tied.</summary>
internal static class ScoreBallots
{
    public static Ballots Of(ScoreMatrix scores)
    {
        var builder = new BallotsBuilder(scores.Competitors, scores.Samples, scores.Competitors * scores.Samples);
        for (int s = 0; s < scores.Samples; s++)
        {
            ScoreScale scale = scores.ScaleOf(s);
            int direction = scale.Direction == ScoreDirection.HigherIsBetter ? -1 : 1;
            var measured = new List<(float Score, int Entry)>();
            for (int e = 0; e < scores.Competitors; e++)
            {
                if (scores.Row(e)[s] is var score && !float.IsNaN(score))
                {
                    measured.Add((direction * score, e));
                }
            }

            if (measured.Count < 2)
            {
                continue;
            }

            measured.Sort();
            var tiers = new List<int[]>();
            for (int from = 0, to; from < measured.Count; from = to)
            {
                // a tier reaches as far as the margin from its best: "within the margin" is not transitive
                for (to = from + 1; to < measured.Count && measured[to].Score - measured[from].Score <= scale.TieMargin;)
                {
                    to++;
                }

                tiers.Add([.. measured[from..to].Select(m => m.Entry)]);
            }

            builder.AddTiers([.. tiers], new BallotDetails(scores.Weight(s), Prompt: s));
        }

        return builder.ToBallots();
    }
}
