namespace Arena.Ranking.Contests;

/// <summary>What a contest system keeps of one player: the belief, and for Elo-MMR the performances it was made of.</summary>
internal sealed class Entrant(double mu, double sigma)
{
    private double _priorMu = mu;
    private double _priorSigma = sigma;
    private double[] _centre = [];
    private double[] _steepness = [];
    private double[] _weight = [];
    private int _first;
    private int _end;

    public double Mu { get; private set; } = mu;

    public double Sigma { get; private set; } = sigma;

    /// <summary>Contests so far, the running one not among them.</summary>
    public int Played { get; set; }

    /// <summary>Day of the last contest.</summary>
    public double LastDay { get; set; }

    /// <summary>Days since then, when a contest begins.</summary>
    public double Waited { get; set; }

    /// <summary>In the last contest; NaN where the system has none.</summary>
    public double Performance { get; set; } = double.NaN;

    /// <summary>Replaces the belief (systems without a history).</summary>
    public void Set(double mean, double deviation, double performance) => (Mu, Sigma, Performance) = (mean, deviation, performance);

    /// <summary>σ² ← σ² + noise², the belief taken as normal.</summary>
    public void AddNoiseAndForget(double noise)
    {
        Sigma = double.Hypot(Sigma, noise);
        (_priorMu, _priorSigma, _first, _end) = (Mu, Sigma, 0, 0);
    }

    /// <summary>
    /// σ² ← σ² + noise²; with κ = σ²_old/σ²_new every performance keeps κ^(1+ρ) of its weight, and the share 1 − κ^ρ of it moves
    /// into the normal part, at the present mean (Ebtekar, Liu 2021, algorithm 2).
    /// </summary>
    public void AddNoise(double noise, double transferSpeed)
    {
        double old = Sigma;
        Sigma = double.Hypot(Sigma, noise);
        double decay = old / Sigma * (old / Sigma), transfer = Math.Pow(decay, transferSpeed);
        double prior = 1 / (_priorSigma * _priorSigma), history = 0;
        for (int k = _first; k < _end; k++)
        {
            history += NormalWeight(k);
            _weight[k] *= transfer * decay;
        }

        double kept = transfer * prior, moved = (1 - transfer) * (prior + history), total = kept + moved;
        _priorMu = (kept * _priorMu + moved * Mu) / total;
        _priorSigma = 1 / Math.Sqrt(decay * total);
    }

    /// <summary>Takes in a performance with logistic noise: μ is the zero of (x − μn)/σn² + Σ of the history's tanh terms.</summary>
    public void PerformLogistic(double performance, double deviation, int mostHistory)
    {
        if (_end - _first >= mostHistory)
        {
            double prior = 1 / (_priorSigma * _priorSigma), oldest = NormalWeight(_first);
            _priorMu = (prior * _priorMu + oldest * _centre[_first]) / (prior + oldest);
            _priorSigma = 1 / Math.Sqrt(prior + oldest);
            _first++;
        }

        Push(performance, deviation);
        double weight = 1 / (_priorSigma * _priorSigma);
        var sum = new TanhSum(-_priorMu * weight, weight, _centre, _steepness, _weight, _first, _end);
        Mu = IncreasingRoot.Find(sum, Mu, deviation);
        Sigma = 1 / Math.Sqrt(1 / (Sigma * Sigma) + 1 / (deviation * deviation));
        Performance = performance;
    }

    /// <summary>Takes in a performance with normal noise; the history is already part of the normal belief.</summary>
    public void PerformNormal(double performance, double deviation)
    {
        double prior = 1 / (_priorSigma * _priorSigma), weight = 1 / (deviation * deviation);
        _priorMu = (prior * _priorMu + weight * performance) / (prior + weight);
        _priorSigma = 1 / Math.Sqrt(prior + weight);
        (Mu, Sigma, Performance) = (_priorMu, _priorSigma, performance);
    }

    /// <summary>The weight a normal term with a performance's present influence would have.</summary>
    private double NormalWeight(int k) => 2 * _steepness[k] * _weight[k] / (TanhSum.Multiplier * TanhSum.Multiplier);

    private void Push(double performance, double deviation)
    {
        if (_end == _centre.Length)
        {
            int length = _end - _first, room = Math.Max(8, 2 * length);
            _centre = Moved(_centre, room);
            _steepness = Moved(_steepness, room);
            _weight = Moved(_weight, room);
            (_first, _end) = (0, length);
        }

        double w = TanhSum.Multiplier / deviation;
        (_centre[_end], _steepness[_end], _weight[_end]) = (performance, w / 2, w);
        _end++;
    }

    private double[] Moved(double[] values, int room)
    {
        var moved = new double[room];
        values.AsSpan(_first, _end - _first).CopyTo(moved);
        return moved;
    }
}
