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
    private readonly ScoreScale[] _scales;

    private ScoreMatrix(int competitors, int samples, float[] scores, ScoreScale[] scales, double[]? weights)
    {
        (Competitors, Samples, _scores, _scales, _weights) = (competitors, samples, scores, scales, weights);
        IsMixed = Array.Exists(scales, s => s != scales[0]);
    }

    /// <summary>Copies and checks scores.</summary>
    /// <param name="competitors">Number of rows.</param>
    /// <param name="samples">Number of columns.</param>
    /// <param name="scores">competitors × samples values, row by row; NaN is missing.</param>
    /// <param name="scale">What the numbers are; null is right or wrong.</param>
    /// <param name="weights">One weight (from 1e-9 to 1e9) a sample; empty gives every sample weight 1. A weight of 0 leaves the sample out.</param>
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

    /// <summary>Copies and checks scores whose columns are on scales of their own, such as right or wrong beside seconds.</summary>
    /// <param name="competitors">Number of rows.</param>
    /// <param name="samples">Number of columns.</param>
    /// <param name="scores">competitors × samples values, row by row; NaN is missing.</param>
    /// <param name="scales">What the numbers of each column are.</param>
    /// <param name="weights">As in the other form.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="RankingException">The content is at fault; see its diagnosis.</exception>
    public static ScoreMatrix Create(
        int competitors,
        int samples,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<ScoreScale> scales,
        ReadOnlySpan<double> weights = default)
    {
        if (scales.Length != samples)
        {
            throw new ArgumentException($"{samples} samples need {samples} scales, but there are {scales.Length}.", nameof(scales));
        }

        return TryCreate(competitors, samples, scores, scales.ToArray(), weights, out ScoreMatrix? matrix, out Diagnosis? diagnosis)
            ? matrix
            : throw new RankingException(diagnosis);
    }

    /// <summary>As <see cref="Create(int, int, ReadOnlySpan{float}, ScoreScale?, ReadOnlySpan{double})"/>, with the diagnosis of faulty content instead of an exception.</summary>
    public static bool TryCreate(
        int competitors,
        int samples,
        ReadOnlySpan<float> scores,
        ScoreScale? scale,
        ReadOnlySpan<double> weights,
        [NotNullWhen(true)] out ScoreMatrix? matrix,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        TryCreate(competitors, samples, scores, [scale ?? ScoreScale.RightOrWrong], weights, out matrix, out diagnosis);

    private static bool TryCreate(
        int competitors,
        int samples,
        ReadOnlySpan<float> scores,
        ScoreScale[] scales,
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

        diagnosis = Inspect(competitors, samples, scores, scales, weights);
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

        matrix = new ScoreMatrix(competitors, samples, copy, scales, weights.IsEmpty ? null : weights.ToArray());
        return true;
    }

    /// <summary>Number of rows.</summary>
    public int Competitors { get; }

    /// <summary>Number of columns, with and without scores.</summary>
    public int Samples { get; }

    /// <summary>Whether columns are on different scales.</summary>
    public bool IsMixed { get; }

    /// <summary>The scale of every column.</summary>
    /// <exception cref="InvalidOperationException">The columns are on different scales; ask <see cref="ScaleOf"/>.</exception>
    public ScoreScale Scale => IsMixed
        ? throw new InvalidOperationException("The columns of this matrix are on different scales. Ask for the scale of a sample.")
        : _scales[0];

    /// <summary>The scale of a sample.</summary>
    public ScoreScale ScaleOf(int sample) => _scales.Length == 1 ? _scales[0] : _scales[sample];

    /// <summary>By how much two of a pattern's scores differ that do not tie; mixed columns are brought to this unit.</summary>
    internal double TieMargin => IsMixed ? MixedMargin : _scales[0].TieMargin;

    /// <summary>The tie margin of every column of a mixed matrix, once brought to a common unit.</summary>
    internal const double MixedMargin = 1;

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

        return new ScoreMatrix(competitors.Length, Samples, scores, _scales, _weights);
    }

    /// <summary>The columns of each scale on which somebody was measured, as a matrix of their own.</summary>
    internal IEnumerable<(ScoreScale Scale, ScoreMatrix Scores)> ByScale() =>
        IsMixed
            ? Enumerable.Range(0, Samples).GroupBy(ScaleOf).Select(g => (g.Key, Columns(g.Key, [.. g]))).Where(part => part.Item2.Measured().Length > 0)
            : [(Scale, this)];

    private ScoreMatrix Columns(ScoreScale scale, int[] samples)
    {
        var scores = new float[Competitors * samples.Length];
        for (int i = 0; i < Competitors; i++)
        {
            ReadOnlySpan<float> row = Row(i);
            for (int k = 0; k < samples.Length; k++)
            {
                scores[i * samples.Length + k] = row[samples[k]];
            }
        }

        return new ScoreMatrix(Competitors, samples.Length, scores, [scale], _weights is null ? null : Array.ConvertAll(samples, s => _weights[s]));
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

    private static Diagnosis? Inspect(int competitors, int samples, ReadOnlySpan<float> scores, ScoreScale[] scales, ReadOnlySpan<double> weights)
    {
        if (competitors == 0)
        {
            return new Diagnosis.NoCompetitors();
        }

        if (samples == 0)
        {
            return new Diagnosis.NoSamples();
        }

        if (Array.Find(scales, s => !double.IsFinite(s.TieMargin) || s.TieMargin < 0) is { } wrong)
        {
            return new Diagnosis.InvalidTieMargin(wrong.TieMargin);
        }

        for (int s = 0; s < weights.Length; s++)
        {
            if (!InputCheck.IsWeight(weights[s]))
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

            ScoreScale scale = scales.Length == 1 ? scales[0] : scales[k % samples];
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
