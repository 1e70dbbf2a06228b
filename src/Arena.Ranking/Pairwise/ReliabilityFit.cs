using Arena.Ranking.Clustering;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Strengths and reliabilities together, p = σ(a_k (θi − θj)): each in turn while the other is held (both steps are concave),
/// then the joint curvature with the reliabilities, which touch each other only through the strengths, eliminated.
/// </summary>
internal sealed class ReliabilityFit
{
    private readonly PairTerms _terms;
    private readonly int[] _voterOf; // of a term: number of the voter, −1 is unknown and has reliability 1
    private readonly int[][] _termsOf; // of a voter
    private readonly double _precision;
    private readonly VoterReliabilityOptions _options;
    private readonly bool _pinned; // votes of unknown voters, whose reliability is 1, fix the scale
    private readonly int _n;
    private readonly DampedNewton _newton;

    public ReliabilityFit(PairTerms terms, int[] voterOf, int voters, double[] start, VoterReliabilityOptions options)
    {
        (_terms, _voterOf, _options, _n) = (terms, voterOf, options, terms.Competitors);
        _precision = 1 / (options.Deviation * options.Deviation);
        _termsOf = [.. Enumerable.Range(0, terms.Count).Where(t => voterOf[t] >= 0).ToLookup(t => voterOf[t]) is var byVoter
            ? Enumerable.Range(0, voters).Select(k => byVoter[k].ToArray())
            : []];
        _pinned = Array.Exists(voterOf, k => k < 0);
        Theta = [.. start];
        Reliability = new double[voters];
        Array.Fill(Reliability, 1);
        ReliabilityVariance = new double[voters];
        Array.Fill(ReliabilityVariance, double.PositiveInfinity);
        double[] ridge = options.Ridge > 0 ? [.. Enumerable.Repeat(options.Ridge, _n)] : [];
        _newton = new DampedNewton(new ScaledLikelihood(this), ridge, ridge.Length > 0 ? 0 : _n, options.MaxDegreeOfParallelism);
    }

    public double[] Theta { get; }

    public double[] Reliability { get; }

    public int Iterations { get; private set; }

    public StopReason Reason { get; private set; } = StopReason.IterationLimit;

    /// <summary>Robust covariance of the strengths, a voter a cluster; null where the fit stopped short of a maximum.</summary>
    public Matrix<double>? Covariance { get; private set; }

    /// <summary>What was made up for where few voters say most; null where the fit stopped short of a maximum.</summary>
    public FewClusters? Few { get; private set; }

    public double[] ReliabilityVariance { get; }

    /// <summary>
    /// Climbs. A diagnosis where there is no finite maximum: a strength may go to infinity when the reliability of whoever voted
    /// against it goes to 0 as fast, because the prior asks only a bounded price for that.
    /// </summary>
    /// <param name="board">Ballots and voters.</param>
    public Diagnosis? Run(Evidence board)
    {
        while (Iterations < _options.MaxIterations && Reason != StopReason.Converged)
        {
            Iterations++;
            double moved = 0;
            for (int k = 0; k < Reliability.Length; k++)
            {
                moved = Math.Max(moved, MoveVoter(k));
            }

            moved = Math.Max(moved, MoveStrengths());
            Rescale();
            if (_newton.HasDiverged(Theta))
            {
                return new Diagnosis.NoFiniteMaximum();
            }

            Reason = moved <= Math.Max(_options.Tolerance, 1e-9) ? StopReason.Converged : StopReason.IterationLimit;
        }

        Spread(board);
        return null;
    }

    private double Slope(int term) => _voterOf[term] < 0 ? 1 : Reliability[_voterOf[term]];

    private double Difference(int term) => Theta[_terms.First[term]] - Theta[_terms.Second[term]];

    private double Residual(int term, double p) => (_terms.Kind[term] switch { PairTerm.Won => 1, PairTerm.Lost => 0, _ => 0.5 }) - p;

    /// <summary>Newton in one reliability; its penalised likelihood is concave and the prior bounds the step.</summary>
    private double MoveVoter(int k)
    {
        double from = Reliability[k];
        for (int step = 0; step < 20; step++)
        {
            double gradient = -_precision * (Reliability[k] - 1), curvature = _precision;
            foreach (int t in _termsOf[k])
            {
                double d = Difference(t), p = BradleyTerryMaximiser.Sigmoid(Reliability[k] * d);
                gradient += _terms.Weight[t] * Residual(t, p) * d;
                curvature += _terms.Weight[t] * p * (1 - p) * d * d;
            }

            double move = Math.Clamp(gradient / curvature, -1, 1);
            Reliability[k] += move;
            if (Math.Abs(move) < 1e-12)
            {
                break;
            }
        }

        return Math.Abs(Reliability[k] - from);
    }

    /// <summary>
    /// θ·c and a/c explain the votes as well as θ and a: turn by turn the fit would creep along that line, so it goes to the
    /// prior's favourite on it, c = Σ a²/Σ a, at once. Not where something else pins the scale.
    /// </summary>
    private void Rescale()
    {
        double sum = Reliability.Sum(), square = Reliability.Sum(a => a * a);
        if (_options.Ridge > 0 || sum <= 0 || _pinned)
        {
            return;
        }

        double factor = square / sum;
        for (int i = 0; i < _n; i++)
        {
            Theta[i] *= factor;
        }

        for (int k = 0; k < Reliability.Length; k++)
        {
            Reliability[k] /= factor;
        }
    }

    private double MoveStrengths()
    {
        double[] before = [.. Theta];
        (double[] after, _, _) = _newton.Maximise(Theta, 1e-10, 20);
        after.CopyTo(Theta, 0);
        return before.Zip(after, (a, b) => Math.Abs(a - b)).Max();
    }

    private void Spread(Evidence board)
    {
        var own = Matrix<double>.Build.Dense(_n, _n);
        var cross = Matrix<double>.Build.Dense(_n, Reliability.Length);
        double[] voterCurvature = new double[Reliability.Length];
        Array.Fill(voterCurvature, _precision);
        for (int t = 0; t < _terms.Count; t++)
        {
            (int i, int j, int k, double w, double a, double d) = (_terms.First[t], _terms.Second[t], _voterOf[t], _terms.Weight[t], Slope(t), Difference(t));
            double p = BradleyTerryMaximiser.Sigmoid(a * d), residual = Residual(t, p), bend = p * (1 - p);
            AddPair(own, i, j, w * a * a * bend);
            if (k < 0)
            {
                continue;
            }

            double mixed = w * (a * d * bend - residual);
            cross[i, k] += mixed;
            cross[j, k] -= mixed;
            voterCurvature[k] += w * bend * d * d;
        }

        for (int i = 0; i < _n; i++)
        {
            own[i, i] += _options.Ridge;
        }

        Matrix<double> scaled = cross.Clone();
        for (int k = 0; k < Reliability.Length; k++)
        {
            scaled.SetColumn(k, cross.Column(k) / voterCurvature[k]);
        }

        Matrix<double> schur = own - scaled * cross.Transpose();
        if (Inverse(schur) is not { } bread)
        {
            return;
        }

        var meat = Meat.Of(TermScores.Of(new ScaledLikelihood(this), Theta, _terms), ClusterIndex.Of(_terms.Ballots, ClusterBy.Voter), null, _options);
        Few = FewClusters.Correct(meat, bread.ToRowMajorArray(), schur.ToRowMajorArray(), _n, board);
        Covariance = bread * Matrix<double>.Build.DenseOfRowMajor(_n, _n, meat.Squares) * bread;
        for (int k = 0; k < Reliability.Length; k++)
        {
            ReliabilityVariance[k] = 1 / voterCurvature[k] + Math.Max(0, scaled.Column(k) * (bread * scaled.Column(k)));
        }
    }

    /// <summary>Null where the curvature is not that of a maximum: the iterations ran out on the way.</summary>
    private Matrix<double>? Inverse(Matrix<double> curvature)
    {
        try
        {
            return _options.Ridge > 0 ? curvature.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(_n)) : MeanZero.PseudoInverse(curvature);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void AddPair(Matrix<double> matrix, int i, int j, double value)
    {
        matrix[i, i] += value;
        matrix[j, j] += value;
        matrix[i, j] -= value;
        matrix[j, i] -= value;
    }

    /// <summary>The likelihood of the strengths while the reliabilities are held.</summary>
    private sealed class ScaledLikelihood(ReliabilityFit fit) : IVoteLikelihood
    {
        public int Parameters => fit._n;

        public int Terms => fit._terms.Count;

        public int MostTouched => 2;

        public double Weight(int term) => fit._terms.Weight[term];

        public int Touched(int term, Span<int> parameters)
        {
            (parameters[0], parameters[1]) = (fit._terms.First[term], fit._terms.Second[term]);
            return 2;
        }

        public double Evaluate(int term, ReadOnlySpan<double> x, Span<double> gradient, Span<double> curvature)
        {
            double a = fit.Slope(term), z = a * (x[fit._terms.First[term]] - x[fit._terms.Second[term]]);
            double p = BradleyTerryMaximiser.Sigmoid(z), residual = fit.Residual(term, p), won = residual + p;
            if (!gradient.IsEmpty)
            {
                double bend = a * a * p * (1 - p);
                (gradient[0], gradient[1]) = (a * residual, -a * residual);
                (curvature[0], curvature[1], curvature[2], curvature[3]) = (bend, -bend, -bend, bend);
            }

            return -double.LogP1(Math.Exp(-Math.Abs(z))) - (z >= 0 ? (1 - won) * z : -won * z);
        }
    }
}
