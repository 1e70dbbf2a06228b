using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Clustering;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// How reliable each voter is (am-ELO; Liu et al. 2025): P(voter k prefers i to j) = σ(a_k (θi − θj)), strengths and
/// reliabilities jointly by maximum likelihood with the prior a ~ N(1, s²), then scaled so that the reliabilities average 1.
/// </summary>
/// <remarks>
/// <para>Reputation is never a silent weight: the result holds the board with and without it. A minority taste is not
/// unreliability; a group of voters that disagrees with the rest for good reason is marked down all the same.</para>
/// <para>The joint likelihood is not concave; the fit starts at equal voters and climbs from there. Strengths: covariance
/// S⁻¹GS⁻¹, S the curvature with the reliabilities eliminated, G by voter; unknown voters have reliability 1 and each ballot
/// of theirs stands for itself. Reliabilities: normal intervals from the joint curvature, prior included.</para>
/// </remarks>
public static class VoterReliability
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "voter-reliability";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static ReliabilityStandings Fit(Ballots ballots, VoterReliabilityOptions? options = null) =>
        TryFit(ballots, options, out ReliabilityStandings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.NoVoters"/>, <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OneCompetitor"/>,
    /// and without a ridge <see cref="Diagnosis.Unvoted"/>, <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/>,
    /// <see cref="Diagnosis.Separable"/> and <see cref="Diagnosis.NoFiniteMaximum"/> (the votes are explained ever better by
    /// strengths without bound and voters without reliability).
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        VoterReliabilityOptions? options,
        [NotNullWhen(true)] out ReliabilityStandings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options = (options ?? new VoterReliabilityOptions()) with { Cluster = ClusterBy.Voter };
        standings = null;
        var ballotOf = new List<int>();
        PairTerms terms = PairTerms.OneByOne(ballots, (ballot, _, _) => ballotOf.Add(ballot));
        diagnosis = terms.Diagnose(options.Ridge > 0) ?? (ballots.Voters == 0 ? new Diagnosis.NoVoters() : null);
        if (diagnosis is not null)
        {
            return false;
        }

        double[] ridge = options.Ridge > 0 ? new double[ballots.Competitors] : [];
        Array.Fill(ridge, options.Ridge);
        var plain = new VoteFit(BradleyTerry.Name, options, terms, new LogitLikelihood(terms, [], 0), ridge);
        diagnosis = plain.Maximise(new double[ballots.Competitors]);
        if (diagnosis is not null)
        {
            return false;
        }

        plain.Spread();
        int[] voters = [.. ballots.VoterColumn.ToArray().Where(v => v >= 0).Distinct().Order()];
        Dictionary<int, int> number = voters.Select((voter, k) => (voter, k)).ToDictionary(pair => pair.voter, pair => pair.k);
        int[] voterOf = [.. ballotOf.Select(b => number.GetValueOrDefault(ballots[b].Voter, -1))];
        var fit = new ReliabilityFit(terms, voterOf, voters.Length, plain.X, options);
        diagnosis = fit.Run(plain.Evidence.Board);
        if (diagnosis is not null)
        {
            return false;
        }

        standings = new ReliabilityStandings
        {
            Unweighted = plain.ToStandings([], []),
            Weighted = Weighted(fit, plain, options),
            Voters = Voters(fit, ballots, voters, options),
        };
        return true;
    }

    private static Standings Weighted(ReliabilityFit fit, VoteFit plain, VoterReliabilityOptions options)
    {
        // θ and a are known up to a factor; the average voter sets it
        double mean = fit.Reliability.Average(), unit = EloScale.Unit * mean;
        List<string> notes = ["Votes count by their voter's estimated reliability: read this board beside the one without."];
        if (fit.Reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        notes.AddRange(plain.HasIntervals ? fit.Few?.Notes(plain.Evidence.Competitors) ?? [] : [FewClusters.OneCluster]);
        double[] ratings = [.. fit.Theta.Select(t => EloScale.Centre + unit * t)];
        var diagnostics = new FitDiagnostics(fit.Iterations, fit.Reason, 0, notes);
        var maker = new StandingsMaker(Name, options, plain.Evidence.Board, plain.Evidence.Competitors) { PairEvidence = plain.Evidence.Pair, Imagined = options.Ridge > 0 };
        return plain.HasIntervals && fit is { Covariance: { } covariance, Few: { } few }
            ? maker.FromCovariance(
                ratings, (unit * unit * covariance).ToRowMajorArray(), plain.Freedom, IntervalKind.ClusterSandwich, diagnostics, few.Freedom)
            : maker.WithoutIntervals(ratings, diagnostics);
    }

    private static VoterEstimate[] Voters(ReliabilityFit fit, Ballots ballots, int[] voters, VoterReliabilityOptions options)
    {
        double mean = fit.Reliability.Average(), normal = new Quantiles(options.Confidence).Normal;
        ILookup<int, int> byVoter = Enumerable.Range(0, ballots.Count).ToLookup(b => ballots[b].Voter);
        return [.. voters.Select((voter, k) =>
        {
            double half = normal * Math.Sqrt(fit.ReliabilityVariance[k]);
            return new VoterEstimate(voter, fit.Reliability[k] / mean, (fit.Reliability[k] - half) / mean, (fit.Reliability[k] + half) / mean, byVoter[voter].Count());
        })];
    }
}
