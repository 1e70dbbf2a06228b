namespace Arena.Ranking.Contests;

/// <summary>See <see cref="CodeforcesRating"/>.</summary>
internal sealed class CodeforcesSystem(double beta, double multiplier) : ContestSystem
{
    public override void Update(Contest contest)
    {
        int n = contest.Count;
        double deviation = beta / Math.Sqrt(contest.Weight), weight = contest.Weight * multiplier;
        double[] mu = [.. contest.Entrants.Select(e => e.Mu)], steepness = new double[n], ones = new double[n];
        Array.Fill(steepness, 0.5 * TanhSum.Multiplier / deviation);
        Array.Fill(ones, 1);
        contest.ForEach(i =>
        {
            // ranks count from 1; a tie is half, and everybody ties with itself
            double actual = 0.5 * (contest.First[i] - (n - 1 - contest.Last[i]) + n + 1);
            var sum = new TanhSum(0, 0, mu, steepness, ones, 0, n);
            double expected = 0.5 * (n + 1) - 0.5 * sum.At(mu[i]).Value;
            double between = Math.Sqrt(actual * expected);
            double performance = IncreasingRoot.Find(sum with { Constant = 2 * between - 1 - n }, mu[i], deviation);
            contest.Entrants[i].Set((mu[i] + weight * performance) / (1 + weight), contest.Entrants[i].Sigma, performance);
        });
    }
}
