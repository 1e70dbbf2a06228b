using System.Collections.Immutable;

namespace Arena.Evaluation.Breakdown;

/// <summary>A binary metric by class, or by group.</summary>
public static class ShareBreakdown
{
    /// <summary>One row a name, in the names' order.</summary>
    /// <param name="names">The classes or groups.</param>
    /// <param name="nameOfSample">For each sample the position of its name.</param>
    /// <param name="measurements">For each sample 0, 1 or NaN (missing).</param>
    /// <exception cref="ArgumentException">The lengths differ, a position is not one of a name, or a measurement is not a share.</exception>
    public static ImmutableArray<ShareRow> By(IReadOnlyList<string> names, ReadOnlySpan<int> nameOfSample, ReadOnlySpan<float> measurements)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (nameOfSample.Length != measurements.Length)
        {
            throw new ArgumentException($"{nameOfSample.Length} samples have {measurements.Length} measurements.", nameof(measurements));
        }

        var ones = new int[names.Count];
        var counts = new int[names.Count];
        var missing = new int[names.Count];
        for (var i = 0; i < measurements.Length; i++)
        {
            var at = nameOfSample[i];
            if ((uint)at >= (uint)names.Count)
            {
                throw new ArgumentException($"Sample {i} belongs to {at}, and there are {names.Count} names.", nameof(nameOfSample));
            }

            switch (measurements[i])
            {
                case 0: counts[at]++; break;
                case 1: counts[at]++; ones[at]++; break;
                case float.NaN: missing[at]++; break;
                default: throw new ArgumentException($"Sample {i} was measured as {measurements[i]}; a share needs 0 or 1.", nameof(measurements));
            }
        }

        var rows = ImmutableArray.CreateBuilder<ShareRow>(names.Count);
        for (var at = 0; at < names.Count; at++)
        {
            var (low, high) = WilsonInterval.For(ones[at], counts[at]);
            rows.Add(new ShareRow(names[at], counts[at], missing[at], counts[at] == 0 ? double.NaN : (double)ones[at] / counts[at], low, high));
        }

        return rows.MoveToImmutable();
    }
}
