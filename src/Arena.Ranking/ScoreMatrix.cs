using System.Diagnostics.CodeAnalysis;

namespace Arena.Ranking;

/// <summary>
/// Scores of competitors on samples: one row a competitor, one column a sample, NaN where a score is missing.
/// Immutable and checked: no infinite score, no score of the wrong kind, weights finite and not negative.
/// A row without any score is allowed here (a run may not have begun) and diagnosed by the fit.
/// </summary>
public sealed class ScoreMatrix
{
    private readonly float[] _scores;
    private readonly double[]? _weights;

    private ScoreMatrix(int competitors, int samples, float[] scores, ScoreScale scale, double[]? weights)
    {
        (Competitors, Samples, _scores, Scale, _weights) = (competitors, samples, scores, scale, weights);
    }

    /// <summary>Copies and checks scores.</summary>
    /// <param name="competitors">Number of rows.</param>
    /// <param name="samples">Number of columns.</param>
    /// <param name="scores">competitors × samples values, row by row; NaN is missing.</param>
    /// <param name="scale">What the numbers are; null is right or wrong.</param>
    /// <param name="weights">One weight (≥ 0) a sample; empty gives every sample weight 1. A weight of 0 leaves the sample out.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="RankingException">The content is at fault; see its diagnosis.</exception>
    public static ScoreMatrix Create(
        int competitors,
        int samples,
        ReadOnlySpan<float> scores,
        ScoreScale? scale = null,
        ReadOnlySpan<double> weights = default) =>
        TryCreate(competitors, samples, scores, scale, weights, out ScoreMatrix? matrix, out Diagnosis? diagnosis)
            ? matrix
            : throw new RankingException(diagnosis);

    /// <summary>As <see cref="Create"/>, with the diagnosis of faulty content instead of an exception.</summary>
    public static bool TryCreate(
        int competitors,
        int samples,
        ReadOnlySpan<float> scores,
        ScoreScale? scale,
        ReadOnlySpan<double> weights,
        [NotNullWhen(true)] out ScoreMatrix? matrix,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(competitors);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (scores.Length != (long)competitors * samples)
        {
            throw new ArgumentException($"{competitors} competitors × {samples} samples need {(long)competitors * samples} scores, but there are {scores.Length}.", nameof(scores));
        }

        if (!weights.IsEmpty && weights.Length != samples)
        {
            throw new ArgumentException($"{samples} samples need {samples} weights, but there are {weights.Length}.", nameof(weights));
        }

        scale ??= ScoreScale.RightOrWrong;
        diagnosis = Inspect(competitors, samples, scores, scale, weights);
        if (diagnosis is not null)
        {
            matrix = null;
            return false;
        }

        var copy = new float[scores.Length];
        for (int k = 0; k < copy.Length; k++)
        {
            // one bit pattern for each value: every NaN alike, and -0 as 0, so that equal samples can be found by their bits
            copy[k] = float.IsNaN(scores[k]) ? float.NaN : scores[k] + 0f;
        }

        matrix = new ScoreMatrix(competitors, samples, copy, scale, weights.IsEmpty ? null : weights.ToArray());
        return true;
    }

    /// <summary>Number of rows.</summary>
    public int Competitors { get; }

    /// <summary>Number of columns, with and without scores.</summary>
    public int Samples { get; }

    public ScoreScale Scale { get; }

    /// <summary>One weight a sample; empty when every sample weighs 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The scores of one competitor, one a sample; NaN is missing.</summary>
    public ReadOnlySpan<float> Row(int competitor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(competitor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(competitor, Competitors);
        return _scores.AsSpan(competitor * Samples, Samples);
    }

    /// <summary>The weight of a sample.</summary>
    public double Weight(int sample) => _weights is null ? 1 : _weights[sample];

    /// <summary>Competitors with a score on at least one sample of positive weight, in order.</summary>
    public int[] Measured() => [.. Enumerable.Range(0, Competitors).Where(HasScore)];

    /// <summary>A matrix of some of the rows, in the order given.</summary>
    public ScoreMatrix Select(ReadOnlySpan<int> competitors)
    {
        if (competitors.IsEmpty)
        {
            throw new RankingException(new Diagnosis.NoCompetitors());
        }

        var scores = new float[competitors.Length * Samples];
        for (int k = 0; k < competitors.Length; k++)
        {
            Row(competitors[k]).CopyTo(scores.AsSpan(k * Samples, Samples));
        }

        return new ScoreMatrix(competitors.Length, Samples, scores, Scale, _weights);
    }

    private bool HasScore(int competitor)
    {
        ReadOnlySpan<float> row = Row(competitor);
        for (int s = 0; s < row.Length; s++)
        {
            if (!float.IsNaN(row[s]) && Weight(s) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static Diagnosis? Inspect(int competitors, int samples, ReadOnlySpan<float> scores, ScoreScale scale, ReadOnlySpan<double> weights)
    {
        if (competitors == 0)
        {
            return new Diagnosis.NoCompetitors();
        }

        if (samples == 0)
        {
            return new Diagnosis.NoSamples();
        }

        if (!double.IsFinite(scale.TieMargin) || scale.TieMargin < 0)
        {
            return new Diagnosis.InvalidTieMargin(scale.TieMargin);
        }

        for (int s = 0; s < weights.Length; s++)
        {
            if (!double.IsFinite(weights[s]) || weights[s] < 0)
            {
                return new Diagnosis.InvalidWeight(s, weights[s]);
            }
        }

        for (int k = 0; k < scores.Length; k++)
        {
            float score = scores[k];
            if (float.IsInfinity(score))
            {
                return new Diagnosis.InfiniteScore(k / samples, k % samples);
            }

            bool fits = float.IsNaN(score) || scale.Kind switch
            {
                ScoreKind.Binary => score is 0f or 1f,
                ScoreKind.Ordinal => float.IsInteger(score),
                _ => true,
            };
            if (!fits)
            {
                return new Diagnosis.WrongKind(k / samples, k % samples, score, scale.Kind);
            }
        }

        return null;
    }
}
