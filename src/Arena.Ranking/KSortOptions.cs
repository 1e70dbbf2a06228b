using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>Options of <see cref="KSort"/>.</summary>
public sealed record KSortOptions : OnlineOptions
{
    /// <summary>As <see cref="WengLinOptions"/>, without drift (the paper has none).</summary>
    public KSortOptions() => Tau = 0;

    /// <summary>
    /// Least share of the variance that survives a game. The paper gives none, and its sum passes 1 on slates of four and more:
    /// σ² would turn negative. Default: 1e-4.
    /// </summary>
    public double Floor
    {
        get;
        init => field = Require.That(value, value is > 0 and <= 1, "The share lies between 0 and 1, such as 1e-4.");
    } = 1e-4;

    /// <summary>
    /// Divides both sums by the number of opponents, so that a slate of K moves and settles a competitor about as much as one
    /// pair does and the floor is never met. Not in the paper. Default: false.
    /// </summary>
    public bool Averaged { get; init; }

    internal override UpdateRule Rule() => new ThurstoneMostellerRule(Beta, epsilon: 0, WengLinGamma.One, Floor, Averaged);
}
