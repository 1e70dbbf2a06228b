namespace Arena.Ranking.Contests;

/// <summary>Elo-MMR's round: drift, performances from all opponents at once, new beliefs.</summary>
internal sealed class EloMmrSystem(EloMmrOptions options) : ContestSystem
{
    public override void Update(Contest contest)
    {
        double weight = contest.Weight * options.WeightLimit, limit = options.SigmaLimit * options.SigmaLimit;
        double deviation = Math.Sqrt((1 + 1 / weight) * limit + options.DriftPerDay / weight);
        bool normal = options.Performance == EloMmrPerformance.Normal;
        contest.ForEach(i =>
        {
            Entrant entrant = contest.Entrants[i];
            double noise = Math.Sqrt(weight * limit + options.DriftPerDay * entrant.Waited);
            if (normal || double.IsPositiveInfinity(options.TransferSpeed))
            {
                entrant.AddNoiseAndForget(noise);
            }
            else
            {
                entrant.AddNoise(noise, options.TransferSpeed);
            }
        });

        double[] mu = [.. contest.Entrants.Select(e => e.Mu)], sigma = [.. contest.Entrants.Select(e => double.Hypot(e.Sigma, deviation))];
        IPerformances performances = options.MaxOpponents < contest.Count || options.Bucket > 0
            ? new NearbyPerformances(contest, mu, sigma, options)
            : new ExactPerformances(contest, mu, sigma, options);
        contest.ForEach(i =>
        {
            double performance = Math.Min(contest.Ceiling, performances.Of(i, deviation));
            if (normal)
            {
                contest.Entrants[i].PerformNormal(performance, deviation);
            }
            else
            {
                contest.Entrants[i].PerformLogistic(performance, deviation, options.MaxHistory);
            }
        });
    }
}

/// <summary>The performance that best explains an entrant's place.</summary>
internal interface IPerformances
{
    /// <summary>The performance of one entrant.</summary>
    /// <param name="entrant">Place in the contest's order.</param>
    /// <param name="reach">Deviation of a performance, the scale of the problem.</param>
    double Of(int entrant, double reach);
}
