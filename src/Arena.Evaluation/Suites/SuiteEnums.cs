namespace Arena.Evaluation.Suites;

/// <summary>What an entry's output means. suite.yaml: scores, label, image, text.</summary>
public enum OutputKind
{
    /// <summary>A number per class, float32 [N, classes]; the largest wins, and among equals the first.</summary>
    Scores,

    /// <summary>The answer itself: the class's position in the suite's list, int64 [N].</summary>
    Label,

    /// <summary>A picture: float32 in 0 to 1 or uint8, colours last or first.</summary>
    Image,

    /// <summary>A text of any length, in Markdown.</summary>
    Text,
}

/// <summary>What values a metric takes on one sample. suite.yaml: binary, ordinal, numeric.</summary>
public enum MetricKind
{
    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>Steps whose order counts and whose distances do not.</summary>
    Ordinal,

    /// <summary>Any number.</summary>
    Numeric,
}

/// <summary>Which way is better. suite.yaml: higher, lower.</summary>
public enum MetricDirection
{
    Higher,
    Lower,
}

/// <summary>How per-sample values become one. suite.yaml: mean.</summary>
public enum MetricAggregation
{
    Mean,
}

/// <summary>Who may see a sample. samples.csv: public, hidden.</summary>
public enum SampleSplit
{
    Public,
    Hidden,
}
