using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Listwise;

/// <summary><see cref="PlackettLuce"/> with the tie parameters of Davidson–Luce.</summary>
internal sealed class DavidsonLuceFit(RankedBallots ballots, PlackettLuceOptions options)
{
    /// <summary>Most that may tie on one ballot: the sets of so many fit into double precision whatever the slate.</summary>
    public const int MostTied = 64;

    /// <summary>
    /// A variance of ln δ of one over the weight of its ties is usual; so many times that means that the curvature is gone: the likelihood
    /// rises for ever, along this δ or a direction that it is part of (along strengths alone it cannot, see <see cref="WhoBeatWhom"/>).
    /// </summary>
    private const double Unbounded = 1e8;

    private readonly int _n = ballots.Competitors;

    /// <summary>The first ballot that the model cannot read.</summary>
    public static Diagnosis? Unsuitable(Ballots ballots)
    {
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            for (int slot = 0, tied = 0; ballot.Weight > 0 && slot < ballot.Length; slot++)
            {
                bool unordered = ballot.KindOfTier(slot) == TierKind.Unordered;
                if (unordered && ballot.Tier(slot) < ballot.Tiers - 1)
                {
                    return new Diagnosis.UnsuitableBallot(b, "every tier but the last to be ordered or tied, because an unordered one may hide ties");
                }

                tied = !unordered && slot > 0 && ballot.Tier(slot) == ballot.Tier(slot - 1) ? tied + 1 : 1;
                if (tied > MostTied)
                {
                    return new Diagnosis.UnsuitableBallot(b, $"ties of at most {MostTied} competitors");
                }
            }
        }

        return null;
    }

    public bool TryRun([NotNullWhen(true)] out Standings? standings, [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        Check();
        standings = null;
        var beaten = new WhoBeatWhom(ballots);
        diagnosis = beaten.Diagnose(options.Ridge > 0) ?? (beaten.Discordant == 0 ? new Diagnosis.OnlyTies() : null);
        if (diagnosis is not null)
        {
            return false;
        }

        var model = new DavidsonLuceLikelihood(ballots);
        int ties = model.TieOrders.Length;
        double[] ridge = options.Ridge > 0 ? [.. Enumerable.Repeat(2 * options.Ridge, _n), .. new double[ties]] : [];
        var newton = new DampedNewton(model, ridge, ridge.Length > 0 ? 0 : _n, options.MaxDegreeOfParallelism);
        double[] start = [.. ListwiseFit.StartOf(options, _n) ?? new double[_n], .. new double[ties]];
        (double[] x, int iterations, StopReason reason) = newton.Maximise(start, options.Tolerance, options.MaxIterations);
        int size = model.Parameters;
        double[] bread = newton.InverseCurvature(x);
        if (newton.HasDiverged(x) || Enumerable.Range(0, ties).Any(k => bread[(_n + k) * size + _n + k] * model.TieWeights[k] > Unbounded))
        {
            diagnosis = new Diagnosis.NoFiniteMaximum();
            return false;
        }

        ClusterIndex? voter = ballots.Clusters(options.Cluster, ClusterBy.Voter), prompt = ballots.Clusters(options.Cluster, ClusterBy.Prompt);
        (Evidence board, Evidence[] evidence) = ListwiseEvidence.Of(ballots, [.. new[] { voter, prompt }.OfType<ClusterIndex>()]);
        double[] ratings = [.. x.Take(_n).Select(t => EloScale.Centre + EloScale.Unit * t)];
        var diagnostics = new FitDiagnostics(iterations, reason, 0, Notes(model, reason));
        if (reason == StopReason.IterationLimit)
        {
            standings = new StandingsMaker(PlackettLuce.Name, options, board, evidence)
            {
                PairEvidence = beaten.PairEvidence,
                Coefficients = Coefficients(model, x, _ => double.PositiveInfinity),
            }.WithoutIntervals(ratings, diagnostics);
            return true;
        }

        var meat = Meat.Of(Scores(model, x), voter, prompt, options);
        double[] hessian = newton.Curvature(x);
        double[]? lacking = options.Ridge > 0 ? PosteriorFloor.Lacking(hessian, beaten.Groups()) : null;
        FewClusters few = FewClusters.Correct(meat, bread, hessian, _n, board with { Clusters = meat.Clusters });
        PosteriorFloor.Fill(meat.Squares, lacking);
        Matrix<double> covariance = Matrix<double>.Build.Dense(size, size, DenseCholesky.Sandwich(bread, meat.Squares, size, options.MaxDegreeOfParallelism));
        var quantiles = new Quantiles(options.Confidence);
        standings = new StandingsMaker(PlackettLuce.Name, options, board, evidence)
        {
            PairEvidence = beaten.PairEvidence,
            Imagined = options.Ridge > 0,
            Coefficients = Coefficients(model, x, p => meat.Clusters < 2 ? double.PositiveInfinity : quantiles.Student(few.Freedom[p]) * Math.Sqrt(Math.Max(0, covariance[p, p]))),
        }.FromCovariance(
            ratings,
            (EloScale.Unit * EloScale.Unit * covariance.SubMatrix(0, _n, 0, _n)).ToRowMajorArray(),
            Math.Max(1, meat.Clusters - 1),
            voter is null && prompt is null ? IntervalKind.Sandwich : IntervalKind.ClusterSandwich,
            diagnostics with { Notes = [.. diagnostics.Notes, .. meat.Notes, .. few.Notes(evidence)] },
            few.Freedom[.._n]);
        return true;
    }

    private void Check()
    {
        if (options.Solver is PlackettLuceSolver.MinoriseMaximise or PlackettLuceSolver.Spectral || options.SpectralAlpha > 0 || options.PriorTies > 0)
        {
            throw new ArgumentException("Davidson–Luce ties need the Newton solver, and a Ridge as prior.", nameof(options));
        }
    }

    /// <summary>δ from order 2 to the largest seen, its interval made on the log scale.</summary>
    private static Coefficient[] Coefficients(DavidsonLuceLikelihood model, double[] x, Func<int, double> half)
    {
        int competitors = model.Parameters - model.TieOrders.Length, most = model.TieOrders.LastOrDefault(2);
        var coefficients = new Coefficient[most - 1];
        for (int d = 2; d <= most; d++)
        {
            int k = Array.IndexOf(model.TieOrders, d), p = competitors + k;
            string name = $"{PlackettLuce.TieParameter}_{d}";
            coefficients[d - 2] = k < 0
                ? new Coefficient(name, 0, 0, double.PositiveInfinity)
                : new Coefficient(name, Math.Exp(model.Usual[k] + x[p]), Math.Exp(model.Usual[k] + x[p] - half(p)), Math.Exp(model.Usual[k] + x[p] + half(p)));
        }

        return coefficients;
    }

    /// <summary>The gradient of every ballot and the diagonal of its curvature, weight included.</summary>
    private SparseScores Scores(DavidsonLuceLikelihood model, double[] x)
    {
        var start = new int[ballots.Count + 1];
        var parameter = new int[ballots.Item.Length + ballots.Count * model.TieOrders.Length];
        double[] score = new double[parameter.Length], information = new double[parameter.Length], curvature = new double[model.MostTouched * model.MostTouched];
        for (int b = 0; b < ballots.Count; b++)
        {
            int count = model.Touched(b, parameter.AsSpan(start[b]));
            Span<double> own = score.AsSpan(start[b], count);
            model.Evaluate(b, x, own, curvature);
            for (int k = 0; k < count; k++)
            {
                own[k] *= ballots.Weight[b];
                information[start[b] + k] = ballots.Weight[b] * Math.Max(0, curvature[k * count + k]);
            }

            start[b + 1] = start[b] + count;
        }

        return new SparseScores(model.Parameters, start, parameter, score, information);
    }

    private List<string> Notes(DavidsonLuceLikelihood model, StopReason reason)
    {
        var notes = new List<string>();
        int[] never = [.. Enumerable.Range(2, model.TieOrders.LastOrDefault(2) - 1).Except(model.TieOrders)];
        if (model.TieOrders.Length == 0)
        {
            notes.Add("There is no tie, so the tie parameter lies on its bound and the rest is plain Plackett–Luce.");
        }
        else if (never.Length > 0)
        {
            notes.Add($"No ballot ties {string.Join(" or ", never)} competitors, so their tie parameters lie on their bound, 0.");
        }

        if (reason == StopReason.IterationLimit)
        {
            notes.Add(ListwiseFit.RanOut);
        }

        if (options.Ridge > 0)
        {
            notes.Add(PosteriorFloor.Note);
        }

        return notes;
    }
}
