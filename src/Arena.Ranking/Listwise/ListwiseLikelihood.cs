namespace Arena.Ranking.Listwise;

/// <summary>The log-likelihood of orderings plus that of a prior, its derivatives, and the rates of the spectral chain.</summary>
internal sealed class ListwiseLikelihood
{
    private const int MostParts = 16;
    private const int LeastPart = 1024;
    private const long MostValues = 1L << 22;

    private readonly RankedBallots _ballots;
    private readonly PlackettLuceOptions _options;
    private readonly double[] _prior;
    private readonly int _n;
    private readonly BallotTerms?[] _terms = new BallotTerms[MostParts];
    private readonly ListwiseSums?[] _parts = new ListwiseSums[MostParts];

    public ListwiseLikelihood(RankedBallots ballots, PlackettLuceOptions options)
    {
        (_ballots, _options, _n) = (ballots, options, ballots.Competitors);
        _prior = PriorOf(options, _n);
        Wins = CountWins();
    }

    /// <summary>How often each was chosen: 1 a tier left behind, (t − 1)/t in a tie at the end, half of every imagined tie.</summary>
    public double[] Wins { get; }

    /// <summary>A pass over all orderings; one at a time.</summary>
    public ListwiseSums At(double[] theta, bool curvature = false, bool chain = false)
    {
        double[] weights = [.. theta.Select(Math.Exp)];
        // the number of parts, and so the order of adding up, depends on the data alone
        int parts = (int)Math.Clamp(Math.Min(_ballots.Count / LeastPart, MostValues / ((long)_n * _n)), 1, MostParts);
        var sums = new ListwiseSums(_n, curvature, chain);
        Parallel.For(0, parts, Threads(), part =>
        {
            BallotTerms terms = _terms[part] ??= new BallotTerms(_ballots);
            ListwiseSums own = part == 0 ? sums : Cleared(part, curvature, chain);
            int to = (int)((long)_ballots.Count * (part + 1) / parts);
            for (int b = (int)((long)_ballots.Count * part / parts); b < to; b++)
            {
                terms.Add(b, theta, weights, own);
            }
        });
        for (int part = 1; part < parts; part++)
        {
            sums.Add(_parts[part]!);
        }

        sums.Fold();
        AddPrior(sums, theta, weights);
        return sums;
    }

    /// <summary>The gradient of every observation, one value a slot.</summary>
    public double[] Scores(double[] theta)
    {
        double[] weights = [.. theta.Select(Math.Exp)];
        return OfSlots((terms, ballot, slots) => terms.Score(ballot, theta, weights, slots));
    }

    /// <summary>The diagonal of the negative Hessian of every observation, one value a slot.</summary>
    public double[] SlotInformation(double[] theta)
    {
        double[] weights = [.. theta.Select(Math.Exp)];
        return OfSlots((terms, ballot, slots) => terms.Information(ballot, weights, slots));
    }

    private delegate void FillSlots(BallotTerms terms, int ballot, Span<double> slots);

    private double[] OfSlots(FillSlots fill)
    {
        var values = new double[_ballots.Item.Length];
        int parts = Math.Clamp(_ballots.Count / LeastPart, 1, MostParts);
        Parallel.For(0, parts, Threads(), part =>
        {
            var terms = new BallotTerms(_ballots);
            int to = (int)((long)_ballots.Count * (part + 1) / parts);
            for (int b = (int)((long)_ballots.Count * part / parts); b < to; b++)
            {
                fill(terms, b, values.AsSpan(_ballots.Start[b].._ballots.Start[b + 1]));
            }
        });
        return values;
    }

    /// <summary>−∇²ℓ, n × n, of a pass that asked for the curvature; its rows add up to 0, or to 2α with a ridge.</summary>
    public double[] Information(ListwiseSums sums)
    {
        double[] curvature = sums.Curvature!, information = GC.AllocateUninitializedArray<double>(_n * _n);
        for (int i = 0; i < _n; i++)
        {
            double sum = 2 * _options.Ridge;
            for (int j = 0; j < _n; j++)
            {
                information[i * _n + j] = -curvature[i * _n + j];
                sum += i == j ? 0 : curvature[i * _n + j];
            }

            information[i * _n + i] = sum;
        }

        return information;
    }

    /// <summary>What a part of the ballots is added up in, kept from pass to pass.</summary>
    private ListwiseSums Cleared(int part, bool curvature, bool chain)
    {
        if (_parts[part] is { } kept && kept.Curvature is not null == curvature && kept.Chain is not null == chain)
        {
            kept.Clear();
            return kept;
        }

        return _parts[part] = new ListwiseSums(_n, curvature, chain);
    }

    /// <summary>Mean-zero log-strengths that the ridge pulls toward.</summary>
    /// <exception cref="ArgumentException">They are of the wrong number or infinite.</exception>
    private static double[] PriorOf(PlackettLuceOptions options, int competitors)
    {
        if (options.PriorRatings is not { } ratings)
        {
            return new double[competitors];
        }

        if (ratings.Count != competitors || ratings.Any(rating => !double.IsFinite(rating)))
        {
            throw new ArgumentException($"{competitors} competitors need as many finite ratings as prior.", nameof(options));
        }

        double[] prior = [.. ratings.Select(rating => (rating - EloScale.Centre) / EloScale.Unit)];
        MeanZero.Centre(prior);
        return prior;
    }

    private ParallelOptions Threads() => new() { MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism };

    private void AddPrior(ListwiseSums sums, double[] theta, double[] weights)
    {
        double ties = _options.PriorTies;
        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; ties > 0 && j < _n; j++)
            {
                double sum = weights[i] + weights[j], p = weights[i] / sum, q = weights[j] / sum;
                sums.LogLikelihood += ties * (0.5 * (theta[i] + theta[j]) - Math.Log(sum));
                sums.Gradient[i] += ties * (0.5 - p);
                sums.Gradient[j] += ties * (0.5 - q);
                if (sums.Curvature is not null)
                {
                    sums.Curvature[i * _n + j] += ties * p * q;
                    sums.Curvature[j * _n + i] += ties * p * q;
                }

                if (sums.Chain is not null)
                {
                    sums.Chain[i * _n + j] += ties / 2 / sum;
                    sums.Chain[j * _n + i] += ties / 2 / sum;
                }
            }

            double off = theta[i] - _prior[i];
            sums.LogLikelihood -= _options.Ridge * off * off;
            sums.Gradient[i] -= 2 * _options.Ridge * off;
        }
    }

    private double[] CountWins()
    {
        var wins = new double[_n];
        Array.Fill(wins, _options.PriorTies * (_n - 1) / 2);
        for (int b = 0; b < _ballots.Count; b++)
        {
            double scale = _ballots.Weight[b] * (_ballots.Copies is null ? 1 : _ballots.Copies[b]);
            int end = _ballots.Start[b + 1];
            for (int first = _ballots.Start[b], next; first < end; first = next)
            {
                next = _ballots.EndOfTier(first, end);
                bool unordered = (_ballots.Tier[first] & Ballots.UnorderedBit) != 0;
                double won = next < end ? 1 : unordered ? 0 : (next - first - 1.0) / (next - first);
                for (int k = first; k < next; k++)
                {
                    wins[_ballots.Item[k]] += scale * won;
                }
            }
        }

        return wins;
    }
}
