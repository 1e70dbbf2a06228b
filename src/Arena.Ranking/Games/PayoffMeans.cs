namespace Arena.Ranking.Games;

/// <summary>Running means and variances (Welford 1962) of every player's payoffs in every profile.</summary>
internal sealed class PayoffMeans(int players, int profiles)
{
    private readonly int[] _counts = new int[profiles];
    private readonly double[] _means = new double[players * profiles];
    private readonly double[] _squares = new double[players * profiles];

    public void Add(int profile, ReadOnlySpan<double> payoffs)
    {
        int before = _counts[profile]++;
        for (int k = 0; k < payoffs.Length; k++)
        {
            int at = k * profiles + profile;
            double off = payoffs[k] - _means[at];
            _means[at] = (_means[at] * before + payoffs[k]) / (before + 1);
            _squares[at] += off * (payoffs[k] - _means[at]);
        }
    }

    public int Count(int profile) => _counts[profile];

    public double Mean(int player, int profile) => _means[player * profiles + profile];

    /// <summary>Of a single game's payoff; null before two were played.</summary>
    public double? Variance(int player, int profile) =>
        _counts[profile] < 2 ? null : Math.Max(0, _squares[player * profiles + profile] / (_counts[profile] - 1));
}
