using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Games;

namespace Arena.Ranking;

/// <summary>
/// Equilibrium strategies of the population game: how often a player would pick each strategy if everybody picked as well as they can.
/// </summary>
/// <remarks>
/// <para>Two players whose payoffs add up to a constant: max over p of min over j of (pᵀA)_j, by linear program (von Neumann 1928; Dantzig 1951),
/// with support and uniqueness. A symmetric game of constant sum gives the maximal lottery.</para>
/// <para>All others: the logit equilibrium p_k ∝ e^{u_k(p)/τ} (McKelvey, Palfrey 1995), by optimistic multiplicative weights at falling temperatures
/// (Cen, Wei, Chi 2021). It converges for zero-sum games; for others it may not, and the iterate with the least duality gap is returned, which says
/// how far from an equilibrium it is at most. Σ_k max_i u_k(i, p) − u_k(p) is that gap.</para>
/// <para>A single population plays against itself, and its equilibrium is symmetric.</para>
/// <para>Intervals (<see cref="PayoffOptions.Uncertainty"/>): payoffs are drawn as often as there are rounds and solved again. Payoffs that add
/// up to a constant are one measurement seen from both sides, drawn once.</para>
/// </remarks>
public static class Nash
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "nash";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static NashResult Fit(PayoffTables tables, NashOptions? options = null) =>
        TryFit(tables, options, out NashResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.OneCompetitor"/>; <see cref="Diagnosis.NotZeroSum"/> when a linear program was asked for;
    /// <see cref="Diagnosis.Unsampled"/> or <see cref="Diagnosis.PayoffOutOfRange"/> when intervals were.
    /// </summary>
    public static bool TryFit(
        PayoffTables tables,
        NashOptions? options,
        [NotNullWhen(true)] out NashResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(tables);
        options ??= new NashOptions();
        bool constantSum = ConstantSum.Of(tables) is not null;
        diagnosis = tables.Profiles == 1
            ? new Diagnosis.OneCompetitor()
            : options.Solver == NashSolver.LinearProgram && !constantSum ? new Diagnosis.NotZeroSum() : PayoffDraws.Check(tables, options);
        result = diagnosis is null
            ? new NashFit(tables, options, byProgram: constantSum && options.Solver != NashSolver.Regularised).Run()
            : null;
        return result is not null;
    }
}
