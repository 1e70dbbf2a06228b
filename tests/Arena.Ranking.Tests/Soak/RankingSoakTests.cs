using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Arena.Ranking.Tests.Soak;

/// <summary>Random arenas through every estimator.</summary>
public sealed class RankingSoakTests(ITestOutputHelper output)
{
    /// <summary>A sample that every run of the tests takes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1001)]
    [InlineData(2001)]
    public void EveryEstimator_OnOddArenas_RanksOrSaysWhyNot(ulong first)
    {
        string[] faults = [.. Enumerable.Range(0, 8).SelectMany(k => SoakRun.Faults(first + (ulong)k))];
        Assert.True(faults.Length == 0, string.Join(Environment.NewLine, faults));
    }

    /// <summary>Goes on for ARENA_SOAK_SECONDS from ARENA_SOAK_SEED (default: 1), one seed an arena.</summary>
    [SoakFact]
    [Trait("Category", "Soak")]
    public void EveryEstimator_ForAsLongAsAsked_RanksOrSaysWhyNot()
    {
        ulong first = ulong.Parse(Environment.GetEnvironmentVariable("ARENA_SOAK_SEED") ?? "1", CultureInfo.InvariantCulture), seed = first;
        var faults = new List<string>();
        long start = Stopwatch.GetTimestamp();
        do
        {
            faults.AddRange(SoakRun.Faults(seed++));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < SoakFactAttribute.Seconds && faults.Count < 20);

        output.WriteLine($"{seed - first} arenas, seeds {first} to {seed - 1}, {SoakMethods.All.Count} methods each, on one thread and on three: {faults.Count} faults.");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }
}
