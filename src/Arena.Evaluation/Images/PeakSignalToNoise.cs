namespace Arena.Evaluation.Images;

/// <summary>Peak signal-to-noise ratio of two 8-bit pictures, in decibels.</summary>
public static class PeakSignalToNoise
{
    /// <summary>What equal pictures get, whose ratio has no bound, and the most that any get. One step in one colour of one
    /// pixel of 160 × 160 is 97 dB.</summary>
    public const double Most = 100;

    /// <summary>10 · log₁₀(255² / mean squared error) over all bytes, at most <see cref="Most"/>.</summary>
    /// <exception cref="ArgumentException">The pictures are not of one size, or empty.</exception>
    public static double Compute(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> reference)
    {
        if (picture.Length != reference.Length || picture.IsEmpty)
        {
            throw new ArgumentException($"A picture of {picture.Length} bytes cannot be compared with one of {reference.Length}.", nameof(picture));
        }

        var sum = 0L;
        for (var i = 0; i < picture.Length; i++)
        {
            var difference = picture[i] - reference[i];
            sum += difference * difference;
        }

        return Math.Min(Most, 10 * Math.Log10(255.0 * 255.0 * picture.Length / sum));
    }
}
