namespace Arena.Ranking;

/// <summary>What the numbers of a <see cref="ScoreMatrix"/> are.</summary>
public enum ScoreKind
{
    /// <summary>0 (wrong) or 1 (right).</summary>
    Binary,

    /// <summary>Whole numbers that stand for levels, such as stars or grades.</summary>
    Ordinal,

    /// <summary>Any finite number, such as an error, a similarity or seconds.</summary>
    Numeric,
}

/// <summary>Which end of the scale is good.</summary>
public enum ScoreDirection
{
    /// <summary>The largest score is best.</summary>
    HigherIsBetter,
    /// <summary>The smallest score is best, as with errors and seconds.</summary>
    LowerIsBetter,
}

/// <summary>How scores are read: what they are, which end is good, and when two of them tie.</summary>
/// <param name="Kind">What the numbers are.</param>
/// <param name="Direction">Which end is good. Default: higher.</param>
/// <param name="TieMargin">Two scores tie when they differ by this much or less, in score units. Default: 0 (only equal scores tie).</param>
public sealed record ScoreScale(
    ScoreKind Kind,
    ScoreDirection Direction = ScoreDirection.HigherIsBetter,
    double TieMargin = 0)
{
    /// <summary>Right or wrong, right is better.</summary>
    public static ScoreScale RightOrWrong { get; } = new(ScoreKind.Binary);
}
