namespace Arena.Ranking.Contests;

/// <summary>See <see cref="BayesianApproximationRating"/>.</summary>
internal sealed class BayesianApproximationSystem(double beta, double drift, double kappa) : ContestSystem
{
    public override void Update(Contest contest)
    {
        contest.ForEach(i => contest.Entrants[i].AddNoiseAndForget(drift));
        double noise = 2 * beta * beta / contest.Weight;
        double[] mu = [.. contest.Entrants.Select(e => e.Mu)], variance = [.. contest.Entrants.Select(e => e.Sigma * e.Sigma)];
        contest.ForEach(i =>
        {
            double update = 0;
            for (int j = 0; j < mu.Length; j++)
            {
                double c = Math.Sqrt(variance[i] + variance[j] + noise);
                double chance = 0.5 + 0.5 * Math.Tanh(0.5 * TanhSum.Multiplier * (mu[i] - mu[j]) / c);
                update += (contest.Outcome(i, j) - chance) / c;
            }

            double lost = 0.25 * variance[i] / (variance[i] + noise);
            contest.Entrants[i].Set(mu[i] + variance[i] * update / mu.Length, Math.Sqrt(variance[i] * Math.Max(kappa, 1 - lost)), double.NaN);
        });
    }
}
