namespace Arena.Ranking;

/// <summary>
/// Numbers that ride along with pairwise votes and may have swayed them, such as by how much one answer is the longer: one
/// row a vote, one column a covariate, each positive when it favours the competitor the vote named first.
/// </summary>
public sealed class Covariates
{
    private readonly double[] _values;

    private Covariates(string[] names, int votes, double[] values) => (Names, Votes, _values) = (names, votes, values);

    /// <summary>No covariate.</summary>
    public static Covariates None(int votes) => new([], votes, []);

    /// <summary>Columns, copied and checked.</summary>
    /// <param name="names">One a column, all different.</param>
    /// <param name="votes">Number of rows.</param>
    /// <param name="values">votes × names, row by row.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, a name stands twice, or a value is not finite.</exception>
    public static Covariates Create(IReadOnlyList<string> names, int votes, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNegative(votes);
        if (values.Length != (long)votes * names.Count)
        {
            throw new ArgumentException($"{votes} votes with {names.Count} covariates need {(long)votes * names.Count} values, but there are {values.Length}.", nameof(values));
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException("Each covariate needs a name of its own.", nameof(names));
        }

        for (int k = 0; k < values.Length; k++)
        {
            if (!double.IsFinite(values[k]))
            {
                throw new ArgumentException($"Covariate {names[k % names.Count]} of vote {k / names.Count} is {values[k]}. Give a finite number.", nameof(values));
            }
        }

        return new Covariates([.. names], votes, values.ToArray());
    }

    /// <summary>
    /// One column from a measure of both answers, such as their length: (a − b)/(a + b + 1), then standardised to mean 0 and
    /// standard deviation 1 over the votes (style control of LMSYS). A column that never varies becomes 0.
    /// </summary>
    /// <param name="name">What is measured.</param>
    /// <param name="first">The measure of the answer named first, one a vote, 0 or more.</param>
    /// <param name="second">Of the other.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a measure is negative or not finite.</exception>
    public static Covariates RelativeDifference(string name, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"There are {first.Length} first answers, but {second.Length} second ones.", nameof(second));
        }

        var values = new double[first.Length];
        for (int v = 0; v < values.Length; v++)
        {
            if (!(first[v] >= 0 && second[v] >= 0 && double.IsFinite(first[v] + second[v])))
            {
                throw new ArgumentException($"The measures of vote {v} are {first[v]} and {second[v]}. Give finite numbers of 0 or more.", nameof(first));
            }

            values[v] = (first[v] - second[v]) / (first[v] + second[v] + 1);
        }

        Standardise(values);
        return new Covariates([name], values.Length, values);
    }

    /// <summary>A column of ones, the advantage of being named (shown) first, after those of this one.</summary>
    public Covariates WithPosition(string name = "position")
    {
        var ones = new double[Votes];
        Array.Fill(ones, 1);
        return And(new Covariates([name], Votes, ones));
    }

    /// <summary>These columns, then those.</summary>
    /// <exception cref="ArgumentException">The numbers of votes differ, or a name stands in both.</exception>
    public Covariates And(Covariates others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (others.Votes != Votes)
        {
            throw new ArgumentException($"These are covariates of {Votes} votes, those of {others.Votes}.", nameof(others));
        }

        int width = Names.Count + others.Names.Count;
        var joined = new double[Votes * width];
        for (int v = 0; v < Votes; v++)
        {
            Row(v).CopyTo(joined.AsSpan(v * width));
            others.Row(v).CopyTo(joined.AsSpan(v * width + Names.Count));
        }

        return Create([.. Names, .. others.Names], Votes, joined);
    }

    /// <summary>Name of every column.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Votes { get; }

    /// <summary>The covariates of one vote.</summary>
    public ReadOnlySpan<double> Row(int vote) => _values.AsSpan(vote * Names.Count, Names.Count);

    internal double[] Values => _values;

    private static void Standardise(double[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        for (int v = 0; v < values.Length; v++)
        {
            values[v] = deviation > 1e-12 ? (values[v] - mean) / deviation : 0;
        }
    }
}
