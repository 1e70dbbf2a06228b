using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Games;

namespace Arena.Ranking;

/// <summary>
/// α-Rank: populations are settled on a strategy each until a mutant takes one of them over; a profile's weight is the share of time
/// spent in it, the stationary distribution π of that chain. General-sum, any number of players, cycles welcome.
/// </summary>
/// <remarks>
/// <para>A mutation is tried with probability η = 1/Σ(S_k − 1) each, and takes over with ρ = (1 − e^−u)/(1 − e^−mu), 1/m for |u| ≤ 1e-14.
/// Several populations: u = α(M_k(new) − M_k(old)). One population, local selection: u = α(M[r,s] − M[s,r]); without it
/// u = α·m/(m−1)·(M[r,s] − sum/2) where both always get the same sum together, else 1/ρ = 1 + Σ_{l&lt;m} Π_{k≤l} e^−α(f_r(k) − f_s(k)) with
/// f_r(k) = ((k−1)M[rr] + (m−k)M[rs])/(m−1). Infinite α: 1 − ε for a gain, ½ for a tie, ε for a loss.</para>
/// <para>π by elimination without subtraction (Grassmann, Taksar, Heyman 1985), mantissas and exponents apart, so that it is exact to rounding
/// at any α; by refined Arnoldi (Golub, Greif 2006) above <see cref="AlphaRankOptions.MostEliminated"/> profiles.</para>
/// <para>Omidshafiei et al. 2019, "α-Rank: Multi-Agent Evaluation by Evolution". A strategy may fall by getting better: π is not monotone.
/// Show it beside another number.</para>
/// </remarks>
public static class AlphaRank
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "alpha-rank";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static AlphaRankResult Fit(PayoffTables tables, AlphaRankOptions? options = null) =>
        TryFit(tables, options, out AlphaRankResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.SelectionTooStrong"/>, and with intervals
    /// <see cref="Diagnosis.Unsampled"/> or <see cref="Diagnosis.PayoffOutOfRange"/>.
    /// </summary>
    public static bool TryFit(
        PayoffTables tables,
        AlphaRankOptions? options,
        [NotNullWhen(true)] out AlphaRankResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(tables);
        options ??= new AlphaRankOptions();
        result = null;
        var space = new ResponseSpace(tables);
        diagnosis = Check(space, options.Alpha, options.PopulationSize) ?? PayoffDraws.Check(tables, options);
        if (diagnosis is not null)
        {
            return false;
        }

        result = new AlphaRankFit(space, options).Run();
        return true;
    }

    /// <summary>
    /// Raises α from <see cref="AlphaRankSweepOptions.StartAlpha"/> by <see cref="AlphaRankSweepOptions.AlphaFactor"/> until π stays the same:
    /// |π − π_before| ≤ absolute + relative·|π_before| everywhere.
    /// </summary>
    /// <exception cref="RankingException">There is a single profile.</exception>
    public static AlphaRankSweep SweepAlpha(PayoffTables tables, AlphaRankSweepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tables);
        options ??= new AlphaRankSweepOptions();
        return new SweepRun(Checked(tables), options).OverAlpha();
    }

    /// <summary>At infinite α, lowers the noise ε from <see cref="AlphaRankSweepOptions.StartNoise"/> by <see cref="AlphaRankSweepOptions.NoiseFactor"/> until π stays the same, twelve steps at least.</summary>
    /// <exception cref="RankingException">There is a single profile.</exception>
    public static AlphaRankSweep SweepNoise(PayoffTables tables, AlphaRankSweepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tables);
        options ??= new AlphaRankSweepOptions();
        return new SweepRun(Checked(tables), options).OverNoise();
    }

    /// <summary>
    /// About the smallest α at which the ranking has settled: −ln(tolerance)/(smallest positive gain of a mutation), at which e^−u, the
    /// second term of a fixation probability, is no more than the tolerance.
    /// </summary>
    /// <exception cref="RankingException">No mutation gains anything.</exception>
    public static double SuggestAlpha(PayoffTables tables, double tolerance = 0.1) =>
        TrySuggestAlpha(tables, tolerance, out double alpha, out Diagnosis? diagnosis) ? alpha : throw new RankingException(diagnosis);

    /// <summary>As <see cref="SuggestAlpha"/>, or says why not: <see cref="Diagnosis.NoPayoffGap"/>.</summary>
    public static bool TrySuggestAlpha(PayoffTables tables, double tolerance, out double alpha, [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tolerance is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance lies between 0 and 1, such as 0.1.");
        }

        double gap = new ResponseSpace(tables).GainRange().Least;
        diagnosis = double.IsFinite(gap) ? null : new Diagnosis.NoPayoffGap();
        alpha = diagnosis is null ? -Math.Log(tolerance) / gap : 0;
        return diagnosis is null;
    }

    private static ResponseSpace Checked(PayoffTables tables)
    {
        var space = new ResponseSpace(tables);
        return space.States > 1 ? space : throw new RankingException(new Diagnosis.OneCompetitor());
    }

    private static Diagnosis? Check(ResponseSpace space, double alpha, int populationSize)
    {
        if (space.States == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        double most = TransitionRates.MostAlpha(space, populationSize);
        return double.IsFinite(alpha) && alpha > most ? new Diagnosis.SelectionTooStrong(alpha, most) : null;
    }
}
