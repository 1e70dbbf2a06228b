using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary>Diagnoses in the entries' own names; the engine knows them by number only.</summary>
internal static class DiagnosisText
{
    private const int Shown = 8;

    public static string Explain(Diagnosis diagnosis, IReadOnlyList<string> names)
    {
        string List(IReadOnlyList<int> entries) =>
            string.Join(", ", entries.Take(Shown).Select(e => $"'{names[e]}'")) + (entries.Count > Shown ? $" and {entries.Count - Shown} more" : "");
        string Groups(IReadOnlyList<IReadOnlyList<int>> groups) =>
            string.Join("\n", groups.Take(Shown).Select(g => "  " + List(g))) + (groups.Count > Shown ? $"\n  and {groups.Count - Shown} more groups" : "");
        return diagnosis switch
        {
            Diagnosis.NoCompetitors or Diagnosis.NoBallots => "There is no vote with two entries and a weight above 0. Give at least one.",
            Diagnosis.NoSamples => "There is no score. Give at least one.",
            Diagnosis.OneCompetitor => $"There is one entry, '{names[0]}', and nobody to compare it with.",
            Diagnosis.OnlyTies => "Every comparison is a tie, so nothing tells the entries apart.",
            Diagnosis.Unvoted d => $"There is no vote for or against {List(d.Competitors)}. Leave them out until there is one, or take --prior 1.",
            Diagnosis.Unmeasured d => $"There is no score of {List(d.Competitors)}. Leave them out until there is one.",
            Diagnosis.Disconnected d => $"The comparisons fall into {d.Components.Count} groups, and nothing says how one compares with another:\n{Groups(d.Components)}\nRank the groups apart, compare across them, or take --prior 1.",
            Diagnosis.Separable d =>
                $"Some entries beat others every time, so the distance between them has no finite estimate. Best first:\n{Groups(d.Groups)}\n"
                + (d.NeverLost.Count > 0 ? $"Never lost: {List(d.NeverLost)}. " : "")
                + (d.NeverWon.Count > 0 ? $"Never won: {List(d.NeverWon)}. " : "")
                + "Collect more votes, take --prior 1 (an imagined tie between every two entries), or another method.",
            Diagnosis.UnsuitableBallot d => $"Vote {d.Ballot + 1} does not suit this method: it needs {d.Needs}. Leave such votes out, or take another method.",
            Diagnosis.WrongKind d => $"The score {d.Score} of '{names[d.Competitor]}' does not fit: {(d.Kind == ScoreKind.Binary ? "right or wrong is 1 or 0" : "ordinal scores are whole numbers")}. Take another --score-kind.",
            _ => diagnosis.Message,
        };
    }
}
