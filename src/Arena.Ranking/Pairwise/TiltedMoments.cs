using MathNet.Numerics;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// First and second derivative by m of ln ∫ N(f; m, v) L(f)^power df, L the likelihood of an outcome under a link. By the
/// trapezoid rule, which for analytic integrands that die out on both sides is exact to rounding once its step is below
/// half of every scale; no fitted approximation of the logistic function.
/// </summary>
/// <param name="link">Logit or probit.</param>
/// <param name="choix">Whether logistic wins take <see cref="ChoixMoments"/> in place of the integral.</param>
internal sealed class TiltedMoments(PairLink link, bool choix)
{
    private const double Reach = 8;
    private double[] _log = new double[256];
    private double[] _first = new double[256];
    private double[] _second = new double[256];

    public (double First, double Second) Of(PairTerm outcome, double power, double m, double v)
    {
        if (choix && link == PairLink.Logit)
        {
            (double slopeOfWin, double bendOfWin) = ChoixMoments.Of(outcome == PairTerm.Won ? m : -m, v);
            return (outcome == PairTerm.Won ? slopeOfWin : -slopeOfWin, bendOfWin);
        }

        double deviation = Math.Sqrt(v);
        // the likelihood drags the mean towards 0 from the wrong side, never further
        double half = deviation * (Reach + Math.Min(deviation, Math.Abs(m) / deviation));
        double step = Math.Min(0.5, deviation / 2);
        int points = (int)Math.Min(1 << 20, 2 * Math.Ceiling(half / step) + 1);
        step = 2 * half / (points - 1);
        if (_log.Length < points)
        {
            (_log, _first, _second) = (new double[points], new double[points], new double[points]);
        }

        double most = double.NegativeInfinity;
        for (int k = 0; k < points; k++)
        {
            double away = k * step - half;
            (double log, double first, double second) = Likelihood(outcome, m + away);
            (_log[k], _first[k], _second[k]) = (power * log - away * away / (2 * v), power * first, power * second);
            most = Math.Max(most, _log[k]);
        }

        (double sum, double slope) = (0, 0);
        for (int k = 0; k < points; k++)
        {
            _log[k] = Math.Exp(_log[k] - most);
            sum += _log[k];
            slope += _log[k] * _first[k];
        }

        slope /= sum;
        double bend = 0;
        for (int k = 0; k < points; k++)
        {
            double off = _first[k] - slope;
            bend += _log[k] * (_second[k] + off * off);
        }

        return (slope, bend / sum);
    }

    /// <summary>ln L and its derivatives; a tie is half a win and half a loss.</summary>
    public (double Log, double First, double Second) Likelihood(PairTerm outcome, double f)
    {
        switch (outcome)
        {
            case PairTerm.Won:
                return Win(f);
            case PairTerm.Lost:
                (double log, double first, double second) = Win(-f);
                return (log, -first, second);
            default:
                (double up, double upFirst, double upSecond) = Win(f);
                (double down, double downFirst, double downSecond) = Win(-f);
                return ((up + down) / 2, (upFirst - downFirst) / 2, (upSecond + downSecond) / 2);
        }
    }

    private (double Log, double First, double Second) Win(double f)
    {
        if (link == PairLink.Logit)
        {
            double e = Math.Exp(-Math.Abs(f)), p = f >= 0 ? 1 / (1 + e) : e / (1 + e);
            return (Math.Min(f, 0) - double.LogP1(e), 1 - p, -p * (1 - p));
        }

        double log = LogPhi(f);
        double mills = Math.Exp(-f * f / 2 - log) / Math.Sqrt(2 * Math.PI);
        return (log, mills, -mills * (f + mills));
    }

    /// <summary>ln Φ; far below 0 by its continued fraction's first terms.</summary>
    internal static double LogPhi(double f)
    {
        if (f > -20)
        {
            return Math.Log(SpecialFunctions.Erfc(-f / Constants.Sqrt2) / 2);
        }

        double r = 1 / (f * f);
        return -f * f / 2 - Math.Log(-f * Math.Sqrt(2 * Math.PI)) + double.LogP1(-r * (1 - r * (3 - r * (15 - r * 105))));
    }
}
