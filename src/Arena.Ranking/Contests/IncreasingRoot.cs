namespace Arena.Ranking.Contests;

/// <summary>A strictly increasing function with its slope.</summary>
internal interface IIncreasing
{
    (double Value, double Slope) At(double x);
}

/// <summary>The zero of a strictly increasing function that has one: Newton steps, kept inside what is known to hold it.</summary>
internal static class IncreasingRoot
{
    private const int MostSteps = 200;

    /// <summary>After so many steps halving takes over.</summary>
    private const int NewtonSteps = 40;

    /// <summary>Where the function is 0.</summary>
    /// <param name="function">The function; a struct, so that nothing is allocated and the call is not virtual.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="reach">About how far the function takes to change; the first steps are no longer.</param>
    public static double Find<T>(in T function, double start, double reach)
        where T : struct, IIncreasing
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, x = start, most = 2 * reach;
        for (int step = 0; step < MostSteps; step++)
        {
            (double value, double slope) = function.At(x);
            if (value == 0)
            {
                return x;
            }

            (low, high) = value > 0 ? (low, x) : (x, high);
            bool bracketed = double.IsFinite(low) && double.IsFinite(high);
            double next = x - value / slope;
            if (!bracketed && !(Math.Abs(next - x) <= most))
            {
                next = value > 0 ? x - most : x + most;
                most *= 2;
            }
            else if (bracketed && (!(next > low && next < high) || step > NewtonSteps))
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - x) <= 1e-13 * (reach + Math.Abs(x)))
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
