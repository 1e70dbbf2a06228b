namespace Arena.Ranking.Listwise;

/// <summary>
/// Sums over all sets S of d among m competitors of (Π_S w)^(1/d), w = e^θ: the elementary symmetric polynomial e_d of
/// x = w^(1/d), so that no set is enumerated.
/// </summary>
/// <remarks>
/// Terms above 0 are added, never taken away: the sets without one or two members are put together from those before and
/// behind. The value and all members cost m d, all pairs m² d.
/// </remarks>
/// <param name="order">d.</param>
/// <param name="longest">Most competitors.</param>
internal sealed class SymmetricSums(int order, int longest)
{
    private readonly int _width = order + 1;
    private readonly double[] _x = new double[longest];
    private readonly double[] _before = new double[(longest + 1) * (order + 1)];
    private readonly double[] _behind = new double[(longest + 1) * (order + 1)];
    private readonly double[] _without = new double[order + 1];

    private int _members;

    /// <summary>d.</summary>
    public int Order => order;

    /// <summary>Logarithm of the sum over all sets; the members are kept for what follows.</summary>
    /// <param name="theta">Log-strengths, one a member; d or more.</param>
    public double Log(ReadOnlySpan<double> theta)
    {
        _members = theta.Length;
        double top = double.NegativeInfinity;
        foreach (double t in theta)
        {
            top = Math.Max(top, t);
        }

        Before(0).Clear();
        Behind(_members).Clear();
        Before(0)[0] = Behind(_members)[0] = 1;
        for (int i = 0; i < _members; i++)
        {
            _x[i] = Math.Exp((theta[i] - top) / order);
            Times(Before(i), _x[i], Before(i + 1));
        }

        for (int i = _members - 1; i >= 0; i--)
        {
            Times(Behind(i + 1), _x[i], Behind(i));
        }

        // e^top may be taken out of every set, whatever d
        return top + Math.Log(Behind(0)[order]);
    }

    /// <summary>Share of the sets with a member, by their sum.</summary>
    public double Share(int i) => _x[i] * Coefficient(Before(i), Behind(i + 1), order - 1) / Behind(0)[order];

    /// <summary>Share of the sets with a member and another behind it, by their sum.</summary>
    /// <param name="i">The member.</param>
    /// <param name="shares">One a member; those behind i are written.</param>
    public void Shares(int i, Span<double> shares)
    {
        if (order == 1)
        {
            shares[(i + 1).._members].Clear();
            return;
        }

        Before(i).CopyTo(_without);
        for (int j = i + 1; j < _members; j++)
        {
            shares[j] = _x[i] * _x[j] * Coefficient(_without, Behind(j + 1), order - 2) / Behind(0)[order];
            Times(_without, _x[j], _without);
        }
    }

    private Span<double> Before(int i) => _before.AsSpan(i * _width, _width);

    private Span<double> Behind(int i) => _behind.AsSpan(i * _width, _width);

    /// <summary>A polynomial times (1 + x z), cut off after z^d; the target may be the polynomial itself.</summary>
    private static void Times(ReadOnlySpan<double> polynomial, double x, Span<double> target)
    {
        for (int c = polynomial.Length - 1; c > 0; c--)
        {
            target[c] = polynomial[c] + x * polynomial[c - 1];
        }

        target[0] = polynomial[0];
    }

    /// <summary>One coefficient of the product of two polynomials.</summary>
    private static double Coefficient(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int power)
    {
        double sum = 0;
        for (int c = 0; c <= power; c++)
        {
            sum += a[c] * b[power - c];
        }

        return sum;
    }
}
