using System.Runtime.InteropServices;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// A policy that says who is compared next. Implementations are pure: the same request gives the same slate, nothing is
/// remembered between draws, and any number of threads may share one.
/// </summary>
public interface IMatchmaker
{
    /// <summary>Name and parameters, such as <c>ucb(exploration=1,conservatism=3)</c>: logged with every slate, so it changes when the policy does.</summary>
    string Version { get; }

    /// <summary>Fills the slate with different competitors, none two of one exclusion group, in random order (every order is as likely).</summary>
    /// <param name="request">What is known, and the seed.</param>
    /// <param name="slate">K = its length, 2 or more.</param>
    /// <exception cref="ArgumentException">K is under 2 or over <see cref="MatchState.LargestSlate"/>, or so many cannot share a slate.</exception>
    void Draw(in MatchRequest request, Span<int> slate);

    /// <summary>How likely the policy was to choose this set of competitors (in whatever order) at this request; its seed aside.</summary>
    /// <exception cref="ArgumentException">The slate's length does not fit, or it names a competitor twice or one that does not exist.</exception>
    SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate);
}

/// <summary>What a matchmaker is asked with.</summary>
/// <param name="State">Ratings and counts.</param>
/// <param name="Seed">The same seed and draw give the same slate.</param>
/// <param name="Draw">Number of this draw under the seed; every number is a stream of its own.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MatchRequest(MatchState State, ulong Seed, ulong Draw = 0)
{
    /// <summary>Slates this voter saw lately, the latest last; null or empty when nothing is known.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Recent { get; init; }

    internal Xoshiro256 Random() => new(Seed, Draw);

    /// <summary>The request for the policy inside a decorator: with other random numbers than the decorator's own, also when a policy is decorated twice.</summary>
    internal MatchRequest Inner()
    {
        var seeds = new Xoshiro256(Seed, ulong.MaxValue);
        return this with { Seed = seeds.Next() };
    }
}

/// <summary>How a probability was come by.</summary>
public enum ProbabilityKind
{
    /// <summary>Closed form, or all orders enumerated; quadrature to about 1e-9 where a normal integral is in it.</summary>
    Exact,

    /// <summary>Averaged over random orders of the slate.</summary>
    MonteCarlo,
}

/// <summary>Probability of a slate, taken as a set.</summary>
/// <param name="Value">Inside [0, 1].</param>
/// <param name="StandardError">Standard error of <paramref name="Value"/>; 0 where it is exact.</param>
/// <param name="Kind">Where it comes from.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SlateProbability(double Value, double StandardError, ProbabilityKind Kind)
{
    internal static SlateProbability Exact(double value) => new(value, 0, ProbabilityKind.Exact);

    /// <summary>share · this + (1 − share) · other.</summary>
    internal SlateProbability Mix(double share, in SlateProbability other) => new(
        share * Value + (1 - share) * other.Value,
        double.Hypot(share * StandardError, (1 - share) * other.StandardError),
        Kind == ProbabilityKind.Exact && other.Kind == ProbabilityKind.Exact ? ProbabilityKind.Exact : ProbabilityKind.MonteCarlo);
}

/// <summary>Draws that make their own array.</summary>
public static class MatchmakerExtensions
{
    /// <summary>Draws a slate of K.</summary>
    public static int[] Draw(this IMatchmaker matchmaker, in MatchRequest request, int slateSize)
    {
        ArgumentNullException.ThrowIfNull(matchmaker);
        ArgumentOutOfRangeException.ThrowIfLessThan(slateSize, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slateSize, MatchState.LargestSlate);
        var slate = new int[slateSize];
        matchmaker.Draw(request, slate);
        return slate;
    }
}
