using System.Collections.Immutable;
using Arena.Ranking.Selection;

namespace Arena.Application.Voting;

/// <summary>The matchmaking policies that an arena can choose.</summary>
public static class MatchPolicies
{
    /// <summary>The one that a new arena starts with: its counts need no model, and no entry is left behind.</summary>
    public const string Default = "under-sampled";

    private static readonly ImmutableSortedDictionary<string, Func<IMatchmaker>> Makers = new Dictionary<string, Func<IMatchmaker>>(StringComparer.Ordinal)
    {
        ["uniform"] = () => new UniformMatchmaker(),
        [Default] = () => new UnderSampledMatchmaker(),
        ["skill-close"] = () => new SkillCloseMatchmaker(),
        ["ucb"] = () => new UcbMatchmaker(),
        ["thompson"] = () => new ThompsonMatchmaker(),
        ["information-gain"] = () => new InformationGainMatchmaker(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Makers.Keys;

    public static bool Exists(string name) => Makers.ContainsKey(name);

    /// <summary>A policy with the newcomers' schedule, the fatigue rule and, around everything, the uniform share.</summary>
    public static EpsilonUniformMatchmaker Of(string name, double uniformShare) =>
        new(new FatigueMatchmaker(new NewcomerMatchmaker(Makers[name]()))) { Epsilon = uniformShare };
}
