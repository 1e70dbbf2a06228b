using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>
/// The update of K-Sort Arena (Li et al. 2024, equations 9 and 10): with x = (μi − μq)/c, c² = 2β² + σi² + σq²,
/// μi += σi² [Σ over those beaten V(x)/c − Σ over those that beat i V(−x)/c], σi² *= 1 − Σ over all q (σi²/c²) W(±x).
/// </summary>
/// <remarks>
/// Equal to <see cref="WengLin"/>'s Thurstone–Mosteller with γ = 1, ε = 0, τ = 0. Read literally it fails on slates of four and
/// more: each of K − 1 opponents takes up to σ²/c² of the variance as if it were the only one, the sum passes 1, and σ² would
/// turn negative. <see cref="KSortOptions.Floor"/> stops it there: one such slate then leaves σ at a hundredth, as though the
/// competitor were known. <see cref="KSortOptions.Averaged"/> divides by the number of opponents instead.
/// </remarks>
public static class KSort
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "k-sort";

    /// <summary>Reads the ballots in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, KSortOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Reads the ballots in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/> or <see cref="Diagnosis.NoBallots"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        KSortOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        OnlineFit.TryRun(Name, ballots, options ?? new KSortOptions(), out standings, out diagnosis);
}
