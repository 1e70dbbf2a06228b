namespace Arena.Ranking.Tests.Properties;

/// <summary>A row of the table method × property of docs/ranking.md.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Type">The class of the library.</param>
/// <param name="Make">Evidence that the method is tried on, from a seed.</param>
/// <param name="Fit">The method.</param>
internal sealed record RankedMethod(string Name, Type Type, Func<ulong, IEvidence> Make, Func<IEvidence, MethodSettings, Standings> Fit)
{
    /// <summary>One a property that does not hold; all others are tried on generated evidence.</summary>
    public Counterexample[] Lacks { get; init; } = [];

    /// <summary>How many pieces of evidence a property is tried on.</summary>
    public int Tries { get; init; } = 25;

    public Standings Rate(IEvidence evidence) => Fit(evidence, new MethodSettings(1, 1, VoteResampling.None));

    public Standings Rate(IEvidence evidence, int rounds, int threads) => Fit(evidence, new MethodSettings(rounds, threads, VoteResampling.Auto));

    public override string ToString() => Name;
}

/// <summary>Evidence on which a property does not hold.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Seed">Seed of the evidence and of what the property does to it.</param>
/// <param name="Evidence">Evidence made for it, where chance finds none.</param>
internal sealed record Counterexample(string Property, ulong Seed, Func<IEvidence>? Evidence = null);

/// <summary>Rounds, threads, and what rules resample.</summary>
internal sealed record MethodSettings(int Rounds, int Threads, VoteResampling Resampling);
