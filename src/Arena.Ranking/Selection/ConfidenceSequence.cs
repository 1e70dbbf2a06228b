namespace Arena.Ranking.Selection;

/// <summary>
/// An interval for a mean that may be looked at after every observation: with probability at least <see cref="Confidence"/>
/// the mean lies inside at all times at once, so stopping when one likes what one sees is allowed. Observations may depend on
/// the past as long as each has the same mean given it. Not safe for several threads at once.
/// </summary>
public abstract class ConfidenceSequence
{
    private protected ConfidenceSequence(double confidence, double lower, double upper)
    {
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence lies between 0 and 1, such as 0.95.");
        }

        (Confidence, Low, High) = (confidence, lower, upper);
    }

    /// <summary>Level at which the interval holds at all times at once.</summary>
    public double Confidence { get; }

    /// <summary>Observations so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their plain mean; NaN before the first.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    /// <summary>Lower end; never falls.</summary>
    public double Low { get; private set; }

    /// <summary>Upper end; never rises.</summary>
    public double High { get; private set; }

    private protected double Sum { get; private set; }

    /// <summary>Takes an observation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite, or outside the range promised.</exception>
    public void Add(double value)
    {
        Check(value);
        Count++;
        Sum += value;
        (double low, double high) = Update(value);

        // an intersection over time stays valid; where it would be empty (at most one time in 1/α) the last interval stays
        low = Math.Max(low, Low);
        high = Math.Min(high, High);
        if (low <= high)
        {
            (Low, High) = (low, high);
        }
    }

    private protected abstract void Check(double value);

    private protected abstract (double Low, double High) Update(double value);
}

/// <summary>A mean of observations inside known ends.</summary>
public abstract class BoundedConfidenceSequence : ConfidenceSequence
{
    private readonly double _lower;
    private readonly double _width;
    private double _sum;
    private double _squares;
    private double _guess = 0.5;
    private double _spread = 0.25;

    private protected BoundedConfidenceSequence(double confidence, double lower, double upper)
        : base(confidence, lower, upper)
    {
        if (!double.IsFinite(lower) || !double.IsFinite(upper) || lower >= upper)
        {
            throw new ArgumentException($"Observations lie between {lower} and {upper}: give two finite ends in order.", nameof(upper));
        }

        (_lower, _width) = (lower, upper - lower);
    }

    private protected sealed override void Check(double value)
    {
        if (!(value >= _lower && value <= _lower + _width))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Observations lie between {_lower} and {_lower + _width}.");
        }
    }

    private protected sealed override (double Low, double High) Update(double value)
    {
        double share = (value - _lower) / _width;

        // the bet must not know the observation: mean and spread of those before it
        double bet = Math.Sqrt(2 * Math.Log(2 / (1 - Confidence)) / (_spread * Count * double.LogP1(Count)));
        (double low, double high) = Update(share, _guess, bet);
        _sum += share;
        _guess = (0.5 + _sum) / (Count + 1);
        _squares += (share - _guess) * (share - _guess);
        _spread = (0.25 + _squares) / (Count + 1);
        return (_lower + _width * low, _lower + _width * high);
    }

    /// <summary>The interval after one observation more, inside [0, 1].</summary>
    /// <param name="share">The observation, inside [0, 1].</param>
    /// <param name="guess">Mean of those before, shrunk to ½.</param>
    /// <param name="bet">√(2 ln(2/α)/(σ̂² t ln(1 + t))).</param>
    private protected abstract (double Low, double High) Update(double share, double guess, double bet);
}
