using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>Which likelihood of a game the update of <see cref="WengLin"/> approximates.</summary>
public enum WengLinModel
{
    /// <summary>Algorithm 4: the ranking is drawn stage by stage. One term a tier, linear in the size of the slate.</summary>
    PlackettLuce,

    /// <summary>Algorithm 1: every pair is a logistic comparison.</summary>
    BradleyTerryFull,

    /// <summary>Algorithm 3: every pair is a normal comparison with a draw margin ε.</summary>
    ThurstoneMostellerFull,
}

/// <summary>The factor γ by which <see cref="WengLin"/> slows the shrinking of σ.</summary>
public enum WengLinGamma
{
    /// <summary>γ = σ/c, the authors' and openskill's choice: the better known a competitor, the slower.</summary>
    SigmaOverC,

    /// <summary>γ = 1/k with k the size of the slate.</summary>
    OneOverSize,

    /// <summary>γ = 1: no slowing. The variance of the approximate posterior as it is derived.</summary>
    One,
}

/// <summary>Options of <see cref="WengLin"/>.</summary>
public sealed record WengLinOptions : OnlineOptions
{
    /// <summary>Default: <see cref="WengLinModel.PlackettLuce"/>.</summary>
    public WengLinModel Model
    {
        get;
        init => field = Require.That(value, Enum.IsDefined(value), "There is no such model.");
    }

    /// <summary>Default: <see cref="WengLinGamma.SigmaOverC"/>.</summary>
    public WengLinGamma Gamma
    {
        get;
        init => field = Require.That(value, Enum.IsDefined(value), "There is no such factor.");
    }

    /// <summary>Least share of the variance that survives a game. Default: 1e-4.</summary>
    public double Kappa
    {
        get;
        init => field = Require.That(value, value is > 0 and <= 1, "The share lies between 0 and 1, such as 1e-4.");
    } = 1e-4;

    /// <summary>Draw margin of the Thurstone–Mosteller model, in units of μ. Default: 0.1.</summary>
    public double Epsilon
    {
        get;
        init => field = Require.NotNegative(value, "The draw margin is a finite number of 0 or more, such as 0.1.");
    } = 0.1;

    private protected override bool IsLogistic => Model != WengLinModel.ThurstoneMostellerFull;

    internal override UpdateRule Rule() => Model switch
    {
        WengLinModel.PlackettLuce => new PlackettLuceRule(Beta, Gamma, Kappa),
        WengLinModel.BradleyTerryFull => new BradleyTerryRule(Beta, Gamma, Kappa),
        _ => new ThurstoneMostellerRule(Beta, Epsilon, Gamma, Kappa),
    };
}
