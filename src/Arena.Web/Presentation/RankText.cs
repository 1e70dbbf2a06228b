using System.Globalization;
using Arena.Application.Leaderboards;

namespace Arena.Web.Presentation;

/// <summary>The ranks that the evidence allows, as text.</summary>
internal static class RankText
{
    /// <summary><c>1</c> or <c>1–3</c>.</summary>
    public static string Of(Standing standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RankLow == standing.RankHigh
            ? standing.RankLow.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{standing.RankLow}–{standing.RankHigh}");
    }

    /// <summary><c>rank 1</c> or <c>between rank 1 and rank 3</c>, for a screen reader.</summary>
    public static string Spoken(Standing standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RankLow == standing.RankHigh
            ? string.Create(CultureInfo.InvariantCulture, $"rank {standing.RankLow}")
            : string.Create(CultureInfo.InvariantCulture, $"between rank {standing.RankLow} and rank {standing.RankHigh}");
    }

    /// <summary>Whether fewer samples were measured than the suite has: the row will change.</summary>
    public static bool IsProvisional(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Samples < evidence.SuiteSamples;
    }
}
