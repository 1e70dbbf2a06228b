using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// The general preference model (Zhang and others 2024; Balduzzi and others 2018): P(i beats j) = σ(s(i, j)/τ) with an
/// antisymmetric score of low rank, s(i, j) = θᵢ − θⱼ + Σ over blocks b of (u_i,2b u_j,2b+1 − u_i,2b+1 u_j,2b). The first
/// part is a block with one coordinate fixed to 1, which is Bradley–Terry; every further block can hold a cycle such as
/// rock, paper, scissors.
/// </summary>
/// <remarks>
/// <para>Maximum likelihood with a small ridge, a tie half a win each way; each competitor's coordinates in turn by
/// Newton steps (each a logistic regression, so every step raises the likelihood), from a start seeded by
/// <see cref="FitOptions.Seed"/>. The number of blocks is the smallest whose held-out log-likelihood is within one
/// standard error of the best, over folds of voters or ballots.</para>
/// <para>Ratings: mean of s(i, ·) over the others, in log-odds: how it does against the field. Intervals refit drawn
/// clusters with the chosen number of blocks, from the fit's coordinates.</para>
/// </remarks>
public static class CyclicPreference
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "cyclic-preference";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static CyclicPreferenceResult Fit(Ballots ballots, CyclicPreferenceOptions? options = null) =>
        TryFit(ballots, options, out CyclicPreferenceResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/>,
    /// <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.Disconnected"/> or <see cref="Diagnosis.OnlyTies"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        CyclicPreferenceOptions? options,
        [NotNullWhen(true)] out CyclicPreferenceResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new CyclicPreferenceOptions();
        VoteTable table = VoteTable.Of(ballots, options.Resampling);
        result = null;
        diagnosis = table.Diagnose();
        if (diagnosis is not null)
        {
            return false;
        }

        int n = table.Competitors;
        PairwiseVotes duels = table.Duels(null);
        List<int[]> components = ComparisonGraph.Components(n, (i, j) => duels.For(i, j) + duels.For(j, i) + duels.Level(i, j) > 0);
        diagnosis = components.Count > 1 ? new Diagnosis.Disconnected(components)
            : Array.TrueForAll(duels.Margins(), m => m.Equals(0.0)) && duels.Above.IndexOfAnyExcept(0.0) < 0 ? new Diagnosis.OnlyTies()
            : null;
        if (diagnosis is not null)
        {
            return false;
        }

        result = Fitted(table, duels, options);
        return true;
    }

    private static CyclicPreferenceResult Fitted(VoteTable table, PairwiseVotes duels, CyclicPreferenceOptions options)
    {
        int n = table.Competitors;
        (int blocks, double[] heldOut) = options.Blocks is { } chosen ? (chosen, []) : BlockChoice.Smallest(table, options);
        PreferenceFit fit = new PreferenceFit(duels, blocks, options).Run(null);
        double[] scores = fit.Scores();
        HodgeShares shares = Explained(scores, duels);
        var diagnostics = new FitDiagnostics(fit.Iterations, fit.Reason, 0, fit.Reason == StopReason.IterationLimit
            ? ["The fit ran out of sweeps before it settled: raise MaxIterations."]
            : []);
        Standings standings = VoteBootstrap.Standings(Name, table, options, PreferenceFit.AgainstTheField(scores, n), diagnostics, (times, _) =>
            PreferenceFit.AgainstTheField(new PreferenceFit(table.Duels(times), blocks, options).Run(fit).Scores(), n));
        return new CyclicPreferenceResult(standings, blocks, fit.Strengths(), scores, 1 - shares.Gradient, fit.LogLikelihood, heldOut, options.Temperature);
    }

    /// <summary>How much of the fitted scores one strength a competitor explains, weighted by votes.</summary>
    private static HodgeShares Explained(double[] scores, PairwiseVotes duels)
    {
        int n = duels.Competitors;
        var weight = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                weight[i * n + j] = i == j ? 0 : duels.For(i, j) + duels.For(j, i) + duels.Level(i, j);
            }
        }

        var flows = new HodgeFlows(scores, weight, n);
        return flows.Shares(flows.Gradient());
    }
}

/// <summary>What the general preference model finds.</summary>
/// <param name="Standings">Mean score against the field, in units of τ, with intervals.</param>
/// <param name="Blocks">Cyclic blocks used; 0 is Bradley–Terry.</param>
/// <param name="Strengths">θ, mean 0.</param>
/// <param name="Scores">n × n scores s(i, j), row by row.</param>
/// <param name="CyclicShare">Part of the squared scores, weighted by votes, that no single strength a competitor explains, in [0, 1].</param>
/// <param name="LogLikelihood">At the fit, without the ridge.</param>
/// <param name="HeldOut">Mean held-out log-likelihood a vote with 0, 1, … blocks; empty where the number was fixed, or everything is one cluster.</param>
/// <param name="Temperature">τ.</param>
public sealed record CyclicPreferenceResult(
    Standings Standings,
    int Blocks,
    IReadOnlyList<double> Strengths,
    IReadOnlyList<double> Scores,
    double CyclicShare,
    double LogLikelihood,
    IReadOnlyList<double> HeldOut,
    double Temperature)
{
    /// <summary>P(first beats second) = σ(s/τ).</summary>
    public double WinRate(int first, int second) =>
        Pairwise.BradleyTerryMaximiser.Sigmoid(Scores[first * Strengths.Count + second] / Temperature);
}
