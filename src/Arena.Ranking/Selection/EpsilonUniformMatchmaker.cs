using System.Globalization;

namespace Arena.Ranking.Selection;

/// <summary>
/// With probability ε the slate is uniform over all that the exclusion groups allow, else it is the inner policy's. Every
/// slate then has probability at least ε / (number of slates), which bounds the weights of an inverse-probability fit.
/// Outermost of all decorators; <see cref="DrawLogged"/> gives what is written beside the vote.
/// </summary>
public sealed class EpsilonUniformMatchmaker(IMatchmaker inner) : IMatchmaker
{
    private static readonly UniformMatchmaker Uniform = new();
    private readonly IMatchmaker _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>ε, inside [0, 1]. Default: 0.1.</summary>
    public double Epsilon
    {
        get;
        init => field = Require.That(value, value is >= 0 and <= 1, "ε lies between 0 and 1, such as 0.1.");
    } = 0.1;

    /// <inheritdoc/>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"epsilon-uniform(epsilon={Epsilon:R};{_inner.Version})");

    /// <inheritdoc/>
    public void Draw(in MatchRequest request, Span<int> slate) => DrawBranch(request, slate);

    /// <summary>ε·uniform + (1 − ε)·inner: the branch taken does not matter.</summary>
    public SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate) =>
        Uniform.Probability(request, slate).Mix(Epsilon, _inner.Probability(request.Inner(), slate));

    /// <summary>Draws a slate with all that must be logged beside the vote.</summary>
    /// <exception cref="ArgumentException">As <see cref="IMatchmaker.Draw"/>.</exception>
    public LoggedSlate DrawLogged(in MatchRequest request, int slateSize)
    {
        SlateRules.CheckSize(request.State, slateSize);
        var slate = new int[slateSize];
        MatchBranch branch = DrawBranch(request, slate);
        return new LoggedSlate(slate, branch, Epsilon, Version, Probability(request, slate));
    }

    private MatchBranch DrawBranch(in MatchRequest request, Span<int> slate)
    {
        SlateRules.CheckSize(request.State, slate.Length);
        MatchRequest inner = request.Inner();
        if (request.Random().NextDouble() < Epsilon)
        {
            Uniform.Draw(inner, slate);
            return MatchBranch.Uniform;
        }

        _inner.Draw(inner, slate);
        return MatchBranch.Policy;
    }
}

/// <summary>Which side of an ε mixture drew.</summary>
public enum MatchBranch
{
    /// <summary>The policy inside.</summary>
    Policy,

    /// <summary>The uniform one.</summary>
    Uniform,
}

/// <summary>A slate as it is logged.</summary>
/// <param name="Members">In the random order of display.</param>
/// <param name="Branch">Who drew it.</param>
/// <param name="Epsilon">ε at the time.</param>
/// <param name="PolicyVersion">Name and parameters of the whole policy.</param>
/// <param name="Probability">Of this set under the whole mixture; one order of it is K! times less likely.</param>
public sealed record LoggedSlate(
    IReadOnlyList<int> Members,
    MatchBranch Branch,
    double Epsilon,
    string PolicyVersion,
    SlateProbability Probability);
