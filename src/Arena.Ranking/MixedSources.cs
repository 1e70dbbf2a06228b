using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking;

/// <summary>
/// One board from several sources, such as votes and sample wins. They are never pooled by count: each is fitted apart, its
/// covariance says how many independent comparisons it is worth, and that times its declared weight is how much it counts:
/// θ = (Σ w V⁺)⁺ Σ w V⁺ θ_s, with covariance (Σ w V⁺)⁺ (Σ w² V⁺) (Σ w V⁺)⁺.
/// </summary>
/// <remarks>
/// Before that, a Wald test asks whether the sources show the same strengths at all: Q = Σ (θ_s − θ̂)ᵀ V_s⁺ (θ_s − θ̂) with
/// (S − 1)(n − 1) degrees of freedom, and (θ_s − θ_t)ᵀ(V_s + V_t)⁺(θ_s − θ_t) with n − 1 for every two, as Hotelling's T² where a
/// source has few clusters. When it rejects, there is no common strength to estimate, and combining is refused unless asked for.
/// </remarks>
public static class MixedSources
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "mixed-sources";

    /// <summary>A direction with a smaller share of the largest variance has no error of its own, only rounding.</summary>
    private const double LeastVariance = 1e-9;

    /// <summary>Combines, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static MixedStandings Combine(IReadOnlyList<RatingSource> sources, MixedSourcesOptions? options = null) =>
        TryCombine(sources, options, out MixedStandings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Combines, or says why not: <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.TooFewClusters"/>, <see cref="Diagnosis.SingularCovariance"/> or <see cref="Diagnosis.SourcesDisagree"/>.</summary>
    /// <exception cref="ArgumentException">Fewer than two sources, different numbers of competitors, no covariance, a weight that is not above 0.</exception>
    public static bool TryCombine(
        IReadOnlyList<RatingSource> sources,
        MixedSourcesOptions? options,
        [NotNullWhen(true)] out MixedStandings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        Check(sources);
        options ??= new MixedSourcesOptions();
        standings = null;
        int n = sources[0].Standings.Competitors.Count;
        diagnosis = n == 1 ? new Diagnosis.OneCompetitor() : (Diagnosis?)Scarce(sources, n) ?? Singular(sources, n);
        if (diagnosis is not null)
        {
            return false;
        }

        var parts = new Part[sources.Count];
        for (int s = 0; s < parts.Length; s++)
        {
            if (Part.TryMake(sources[s]) is not { } part)
            {
                int clusters = sources[s].Standings.Evidence.Clusters;
                diagnosis = new Diagnosis.TooFewClusters(sources[s].Name, clusters, clusters + 1);
                return false;
            }

            parts[s] = part;
        }

        DisagreementTest[] tests = [All(parts), .. parts.SelectMany((_, a) => parts.Skip(a + 1), (first, second) => Two(first, second)).ToArray()];
        bool disagree = tests[0].PValue < options.RefuseBelow;
        if (disagree && !options.CombineDespiteDisagreement)
        {
            DisagreementTest worst = tests.Skip(1).MinBy(t => t.PValue)!;
            diagnosis = new Diagnosis.SourcesDisagree(worst.First, worst.Second, tests[0].Statistic, tests[0].Freedom, tests[0].PValue);
            return false;
        }

        (double[] theta, double[] covariance) = Weighted(parts, squared: true);
        double all = parts.Sum(p => p.EffectiveBallots * p.Source.Weight);
        List<string> notes = disagree ? ["The sources disagree by more than chance; this board is an average of different things."] : [];
        standings = new MixedStandings
        {
            Standings = new StandingsMaker(Name, options, Sum(sources.Select(s => s.Standings.Evidence)), [.. Enumerable.Range(0, n).Select(i => Sum(sources.Select(s => s.Standings.Competitors[i].Evidence)))])
                .FromCovariance(
                    [.. theta.Select(t => EloScale.Centre + t)],
                    covariance,
                    parts.Min(p => p.Freedom),
                    IntervalKind.ClusterSandwich,
                    new FitDiagnostics(0, StopReason.ClosedForm, 0, notes)),
            Sources = [.. parts.Select(p => new SourceShare(p.Source.Name, p.EffectiveBallots, p.Source.Weight, p.EffectiveBallots * p.Source.Weight / all))],
            Tests = tests,
        };
        return true;
    }

    private static void Check(IReadOnlyList<RatingSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count < 2)
        {
            throw new ArgumentException("Mixing needs two sources or more.", nameof(sources));
        }

        foreach (RatingSource source in sources)
        {
            if (source.Standings.Competitors.Count != sources[0].Standings.Competitors.Count)
            {
                throw new ArgumentException($"'{source.Name}' has {source.Standings.Competitors.Count} competitors, '{sources[0].Name}' {sources[0].Standings.Competitors.Count}. Fit all on the same ones.", nameof(sources));
            }

            if (source.Standings.Covariance is null)
            {
                throw new ArgumentException($"The fit of '{source.Name}' ({source.Standings.Method}) has no covariance, so nothing says how much it is worth.", nameof(sources));
            }

            if (!(source.Weight > 0 && double.IsFinite(source.Weight)))
            {
                throw new ArgumentException($"The weight of '{source.Name}' is {source.Weight}. Give a finite number above 0.", nameof(sources));
            }
        }
    }

    private static Diagnosis.TooFewClusters? Scarce(IReadOnlyList<RatingSource> sources, int n)
    {
        RatingSource? scarce = sources.FirstOrDefault(s => s.Standings.Intervals != IntervalKind.Posterior && s.Standings.Evidence.Clusters < n + 1);
        return scarce is null ? null : new Diagnosis.TooFewClusters(scarce.Name, scarce.Standings.Evidence.Clusters, n + 1);
    }

    private static Diagnosis.SingularCovariance? Singular(IReadOnlyList<RatingSource> sources, int n)
    {
        RatingSource? singular = sources.FirstOrDefault(source =>
        {
            double[] covariance = [.. source.Standings.Covariance!];
            MeanZero.CentreBoth(covariance, n);
            double[] variances = [.. Matrix<double>.Build.DenseOfRowMajor(n, n, covariance).Evd(Symmetricity.Symmetric).EigenValues.Select(v => v.Real).Order()];
            return !(variances.Skip(1).First() > LeastVariance * variances[^1]); // the first is that of the mean, 0
        });
        return singular is null ? null : new Diagnosis.SingularCovariance(singular.Name);
    }

    private static Evidence Sum(IEnumerable<Evidence> evidence) => evidence.Aggregate((a, b) =>
        new Evidence(a.Observations + b.Observations, a.Discordant + b.Discordant) { Clusters = a.Clusters + b.Clusters });

    /// <summary>The precision-weighted mean; weights of 1 unless they are the declared ones.</summary>
    private static (double[] Theta, double[] Covariance) Weighted(Part[] parts, bool squared)
    {
        Matrix<double> precision = Total(p => Weight(p) * p.Precision), inverse = MeanZero.PseudoInverse(precision);
        Vector<double> right = parts.Select(p => Weight(p) * (p.Precision * p.Theta)).Aggregate((a, b) => a + b);
        Matrix<double> covariance = inverse * Total(p => Weight(p) * Weight(p) * p.Precision) * inverse;
        return ((inverse * right).ToArray(), covariance.ToRowMajorArray());

        double Weight(Part part) => squared ? part.Source.Weight : 1;
        Matrix<double> Total(Func<Part, Matrix<double>> of) => parts.Select(of).Aggregate((a, b) => a + b);
    }

    private static DisagreementTest All(Part[] parts)
    {
        Vector<double> common = Vector<double>.Build.Dense(Weighted(parts, squared: false).Theta);
        double statistic = parts.Sum(p => (p.Theta - common) * (p.Precision * (p.Theta - common)));
        return Test("all", "", statistic, (parts.Length - 1) * (common.Count - 1), common.Count - 1, parts.Min(p => p.Freedom));
    }

    private static DisagreementTest Two(Part first, Part second)
    {
        Vector<double> difference = first.Theta - second.Theta;
        double statistic = difference * (MeanZero.PseudoInverse(first.Covariance + second.Covariance) * difference);
        return Test(first.Source.Name, second.Source.Name, statistic, difference.Count - 1, difference.Count - 1, Math.Min(first.Freedom, second.Freedom));
    }

    /// <summary>χ², or with few clusters Hotelling's F: the covariance is estimated too.</summary>
    private static DisagreementTest Test(string first, string second, double statistic, int freedom, int dimensions, double clusters)
    {
        statistic = Math.Max(0, statistic); // a quadratic form, but for rounding where sources agree to the last digit
        double left = clusters - dimensions + 1;
        double p = double.IsPositiveInfinity(clusters)
            ? 1 - ChiSquared.CDF(freedom, statistic)
            : 1 - FisherSnedecor.CDF(freedom, left, statistic * left / (clusters * freedom));
        return new DisagreementTest(first, second, statistic, freedom, Math.Clamp(p, 0, 1));
    }

    /// <summary>A source, its mean-zero ratings and their covariance, in rating points.</summary>
    private sealed class Part
    {
        private Part(RatingSource source)
        {
            Source = source;
            int n = source.Standings.Competitors.Count;
            Matrix<double> centre = Matrix<double>.Build.DenseIdentity(n).Subtract(1.0 / n);
            Theta = centre * Vector<double>.Build.Dense([.. source.Standings.Competitors.Select(c => c.Rating)]);
            Covariance = centre * Matrix<double>.Build.DenseOfRowMajor(n, n, source.Standings.Covariance!) * centre;
            Precision = MeanZero.PseudoInverse(Covariance);
            Freedom = source.Standings.Intervals == IntervalKind.Posterior ? double.PositiveInfinity : source.Standings.Evidence.Clusters - 1;
            // N even votes over all pairs alike give every difference the variance 4 (n − 1)/N; the mean variance of a difference is 2 tr V/(n − 1)
            EffectiveBallots = 2.0 * (n - 1) * (n - 1) * EloScale.Unit * EloScale.Unit / Covariance.Trace();
        }

        /// <summary>Null where some difference of ratings does not vary at all from cluster to cluster, so that nothing says what it is worth.</summary>
        public static Part? TryMake(RatingSource source)
        {
            try
            {
                return new Part(source);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        public RatingSource Source { get; }

        public Vector<double> Theta { get; }

        public Matrix<double> Covariance { get; }

        public Matrix<double> Precision { get; }

        public double Freedom { get; }

        public double EffectiveBallots { get; }
    }
}
