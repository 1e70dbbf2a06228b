namespace Arena.Ranking;

/// <summary>What options ask of a value: hands it on, or throws with a sentence for people.</summary>
internal static class Require
{
    public static int AtLeast(int value, int least, string message) => That(value, value >= least, message);

    /// <summary>Between 0 and 1, neither included.</summary>
    public static double Share(double value, string message) => That(value, value is > 0 and < 1, message);

    /// <summary>Finite and above 0.</summary>
    public static double Positive(double value, string message) => That(value, double.IsFinite(value) && value > 0, message);

    /// <summary>Finite, 0 or more.</summary>
    public static double NotNegative(double value, string message) => That(value, double.IsFinite(value) && value >= 0, message);

    /// <summary>From a finite number up to a larger one.</summary>
    public static (double Lowest, double Highest) Range((double Lowest, double Highest) value) => That(
        value,
        double.IsFinite(value.Lowest) && double.IsFinite(value.Highest) && value.Lowest < value.Highest,
        "The range goes from a finite number up to a larger one, such as 0 to 1.");

    /// <summary>By voter, by prompt, both or neither.</summary>
    public static ClusterBy VoterOrPrompt(ClusterBy value) =>
        That(value, (value & ~(ClusterBy.Voter | ClusterBy.Prompt)) == ClusterBy.None, "Cluster by voter, prompt, both or neither.");

    /// <summary>Whatever else holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static T That<T>(T value, bool holds, string message) =>
        holds ? value : throw new ArgumentOutOfRangeException(nameof(value), value, message);
}
