namespace Arena.Ranking.Pairwise;

/// <summary>Likelihood of wins, losses and ties by Rao–Kupper or Davidson; the parameter after the log-strengths is η = ln κ, or μ = ln ν, unless fixed.</summary>
internal sealed class TieLikelihood(PairTerms terms, bool davidson, double? fixedParameter) : IVoteLikelihood
{
    public int Parameters => terms.Competitors + (fixedParameter is null ? 1 : 0);

    public int Terms => terms.Count;

    public int MostTouched => fixedParameter is null ? 3 : 2;

    public double Weight(int term) => terms.Weight[term];

    public int Touched(int term, Span<int> parameters)
    {
        parameters[0] = terms.First[term];
        parameters[1] = terms.Second[term];
        if (fixedParameter is null)
        {
            parameters[2] = terms.Competitors;
        }

        return MostTouched;
    }

    public double Evaluate(int term, ReadOnlySpan<double> x, Span<double> gradient, Span<double> curvature)
    {
        double z = x[terms.First[term]] - x[terms.Second[term]], tie = fixedParameter ?? x[terms.Competitors];
        (double value, double dz, double dt, double zz, double zt, double tt) = davidson
            ? Davidson(terms.Kind[term], z, tie)
            : RaoKupper(terms.Kind[term], z, tie);
        if (gradient.IsEmpty)
        {
            return value;
        }

        int width = MostTouched;
        (gradient[0], gradient[1]) = (dz, -dz);
        (curvature[0], curvature[1], curvature[width], curvature[width + 1]) = (-zz, zz, zz, -zz);
        if (width == 3)
        {
            gradient[2] = dt;
            (curvature[2], curvature[5], curvature[6], curvature[7], curvature[8]) = (-zt, zt, -zt, zt, -tt);
        }

        return value;
    }

    /// <summary>P(i ≻ j) = σ(z − η), P(j ≻ i) = σ(−z − η), P(tie) = (e^{2η} − 1) σ(z − η) σ(−z − η).</summary>
    private static (double Value, double Z, double T, double ZZ, double ZT, double TT) RaoKupper(PairTerm kind, double z, double eta)
    {
        if (eta < 0 || (kind == PairTerm.Tied && eta <= 0))
        {
            return (double.NegativeInfinity, 0, 0, 0, 0, 0);
        }

        (double value, double first, double second) win = LogSigmoid(z - eta), loss = LogSigmoid(-z - eta);
        switch (kind)
        {
            case PairTerm.Won:
                return (win.value, win.first, -win.first, win.second, -win.second, win.second);
            case PairTerm.Lost:
                return (loss.value, -loss.first, -loss.first, loss.second, loss.second, loss.second);
            default:
                double rest = -Math.Exp(-2 * eta) / double.ExpM1(-2 * eta); // 1/(e^{2η} − 1)
                return (
                    win.value + loss.value + 2 * eta + Math.Log(-double.ExpM1(-2 * eta)),
                    win.first - loss.first,
                    -win.first - loss.first + 2 * (1 + rest),
                    win.second + loss.second,
                    -win.second + loss.second,
                    win.second + loss.second - 4 * rest * (1 + rest));
        }
    }

    /// <summary>P(i ≻ j) ∝ e^{z/2}, P(j ≻ i) ∝ e^{−z/2}, P(tie) ∝ ν = e^μ.</summary>
    private static (double Value, double Z, double T, double ZZ, double ZT, double TT) Davidson(PairTerm kind, double z, double mu)
    {
        double most = Math.Max(Math.Abs(z) / 2, mu);
        double win = Math.Exp(z / 2 - most), loss = Math.Exp(-z / 2 - most), tie = Math.Exp(mu - most), all = win + loss + tie;
        (win, loss, tie) = (win / all, loss / all, tie / all);
        double log = most + Math.Log(all), slope = (win - loss) / 2;
        double zz = -((win + loss) / 4 - slope * slope), zt = tie * slope, tt = -tie * (1 - tie);
        return kind switch
        {
            PairTerm.Won => (z / 2 - log, 0.5 - slope, -tie, zz, zt, tt),
            PairTerm.Lost => (-z / 2 - log, -0.5 - slope, -tie, zz, zt, tt),
            _ => (mu - log, -slope, 1 - tie, zz, zt, tt),
        };
    }

    private static (double Value, double First, double Second) LogSigmoid(double x)
    {
        double p = BradleyTerryMaximiser.Sigmoid(x);
        return (x >= 0 ? -double.LogP1(Math.Exp(-x)) : x - double.LogP1(Math.Exp(x)), 1 - p, -p * (1 - p));
    }
}
