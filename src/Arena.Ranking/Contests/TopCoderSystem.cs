using Arena.Ranking.Online;
using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Contests;

/// <summary>See <see cref="TopCoderRating"/>.</summary>
internal sealed class TopCoderSystem(double multiplier) : ContestSystem
{
    /// <summary>What a rating keeps of itself in a contest after many.</summary>
    private const double Kept = 0.82;

    public override void Update(Contest contest)
    {
        int n = contest.Count;
        double[] mu = [.. contest.Entrants.Select(e => e.Mu)], sigma = [.. contest.Entrants.Select(e => e.Sigma)];
        double mean = mu.Average(), spread = Math.Sqrt(sigma.Average(s => s * s) + mu.Sum(m => (m - mean) * (m - mean)) / (n - 1));
        double root = Math.Sqrt(contest.Weight), limit = 1 / Kept - 1;
        double capMultiplier = multiplier * (1 + limit) / (1 + limit * multiplier);
        contest.ForEach(i =>
        {
            double rank = 0;
            for (int j = 0; j < n; j++)
            {
                rank += Truncated.Below(root * (mu[j] - mu[i]) / double.Hypot(sigma[i], sigma[j]));
            }

            double expected = -Normal.InvCDF(0, 1, rank / n), actual = -Normal.InvCDF(0, 1, 0.5 * (1 + contest.First[i] + contest.Last[i]) / n);
            double performance = mu[i] + spread * (actual - expected);
            double contests = contest.Entrants[i].Played + 1;
            double weight = (1 / (Kept - 0.42 / contests) - 1) * contest.Weight * multiplier * (mu[i] >= 2500 ? 0.8 : mu[i] >= 2000 ? 0.9 : 1);
            double cap = (150 + 1500 / (contests + 1)) * capMultiplier;
            double tried = (mu[i] + weight * performance) / (1 + weight), step = tried - mu[i];
            contest.Entrants[i].Set(
                Math.Clamp(tried, mu[i] - cap, mu[i] + cap),
                Math.Sqrt(step * step / weight + sigma[i] * sigma[i] / (1 + weight)),
                performance);
        });
    }
}
