namespace Arena.Ranking.Contests;

/// <summary>See <see cref="Glicko"/>.</summary>
internal sealed class GlickoSystem(double beta, double drift) : ContestSystem
{
    public override void Update(Contest contest)
    {
        contest.ForEach(i => contest.Entrants[i].AddNoiseAndForget(drift));
        double performance = beta / Math.Sqrt(contest.Weight), q = TanhSum.Multiplier / performance;
        double[] mu = [.. contest.Entrants.Select(e => e.Mu)];
        double[] noise = [.. contest.Entrants.Select(e => double.Hypot(e.Sigma, performance))];
        contest.ForEach(i =>
        {
            double update = 0;
            for (int j = 0; j < mu.Length; j++)
            {
                double chance = 0.5 + 0.5 * Math.Tanh(0.5 * TanhSum.Multiplier * (mu[i] - mu[j]) / noise[j]);
                update += performance / noise[j] * (contest.Outcome(i, j) - chance);
            }

            double old = contest.Entrants[i].Sigma, sigma = 1 / Math.Sqrt(1 / (old * old) + 0.25 * q * q);
            contest.Entrants[i].Set(mu[i] + q * sigma * sigma * update / mu.Length, sigma, double.NaN);
        });
    }
}
