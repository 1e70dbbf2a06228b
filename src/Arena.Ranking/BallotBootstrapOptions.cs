namespace Arena.Ranking;

/// <summary>Options of <see cref="BallotBootstrap"/>.</summary>
public sealed record BallotBootstrapOptions : FitOptions
{
    /// <summary>200 rounds: each fits anew.</summary>
    public BallotBootstrapOptions() => Rounds = 200;

    /// <summary>What is drawn: ballots, voters, prompts, or voters and prompts (pigeonhole). Default: ballots.</summary>
    public ClusterBy Resample { get; init; }

    /// <summary>Name of the method in the result. Default: "bootstrap".</summary>
    public string Method { get; init; } = "bootstrap";
}
