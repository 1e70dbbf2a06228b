namespace Arena.Evaluation.Breakdown;

/// <summary>How often each class was answered for each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] counts;

    private ConfusionMatrix(int classes, int[] counts, int missing)
    {
        Classes = classes;
        this.counts = counts;
        Missing = missing;
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Samples without an answer; they are in no cell.</summary>
    public int Missing { get; }

    /// <summary>Samples of class <paramref name="truth"/> that were answered with class <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => counts[Cell(truth, predicted)];

    /// <summary>Samples on the diagonal.</summary>
    public int Correct => Enumerable.Range(0, Classes).Sum(c => this[c, c]);

    /// <summary>Samples in all cells.</summary>
    public int Total => counts.Sum();

    /// <param name="classes">Number of classes.</param>
    /// <param name="truth">The right class of each sample.</param>
    /// <param name="predicted">The answered class of each sample; -1 where there is no answer.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class that does not exist.</exception>
    public static ConfusionMatrix Count(int classes, ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (truth.Length != predicted.Length)
        {
            throw new ArgumentException($"{truth.Length} samples have {predicted.Length} answers.", nameof(predicted));
        }

        var counts = new int[checked(classes * classes)];
        var missing = 0;
        var matrix = new ConfusionMatrix(classes, counts, 0);
        for (var i = 0; i < truth.Length; i++)
        {
            if (predicted[i] == -1)
            {
                missing++;
            }
            else
            {
                counts[matrix.Cell(truth[i], predicted[i])]++;
            }
        }

        return new ConfusionMatrix(classes, counts, missing);
    }

    private int Cell(int truth, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Classes, nameof(truth));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
        return truth * Classes + predicted;
    }
}
