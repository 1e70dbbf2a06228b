using System.Globalization;
using Xunit;

namespace Arena.Ranking.Tests.Soak;

/// <summary>A test that takes as long as one lets it: skipped unless ARENA_SOAK_SECONDS says how long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoakFactAttribute : FactAttribute
{
    public SoakFactAttribute() => Skip = Seconds < 0 ? "ARENA_SOAK_SECONDS does not say for how long; './arena soak' does." : null;

    /// <summary>How long; −1 where nobody said.</summary>
    public static double Seconds => Environment.GetEnvironmentVariable("ARENA_SOAK_SECONDS") is { Length: > 0 } said ? double.Parse(said, CultureInfo.InvariantCulture) : -1;
}
