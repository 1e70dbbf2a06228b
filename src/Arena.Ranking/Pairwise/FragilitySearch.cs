namespace Arena.Ranking.Pairwise;

/// <summary>One search of <see cref="Fragility"/>.</summary>
internal sealed class FragilitySearch(PairTerms terms, FragilityOptions options)
{
    private const double Tolerance = 1e-9;
    private const int MostRounds = 12;

    private readonly int _n = terms.Competitors;
    private readonly double[] _ridge = [.. Enumerable.Repeat(options.Ridge, terms.Competitors)];
    private readonly bool[] _removed = new bool[terms.Ballots.Count];
    private readonly double[] _weight = [.. terms.Weight];
    private int _refits;

    public FragilityReport Run()
    {
        double[] start = Refit(new double[_n]);
        int leader = Leader(start);
        int counted = Enumerable.Range(0, _removed.Length).Count(b => terms.Ballots[b] is { Weight: > 0, Length: > 1 });
        int most = Math.Max(1, (int)(options.MostShare * counted));
        List<int>? best = null;
        int successor = -1;
        foreach (int rival in Enumerable.Range(0, _n).Where(i => i != leader).OrderByDescending(i => start[i]).ThenBy(i => i).Take(options.Rivals))
        {
            // a rival is worth looking at only where fewer ballots could do than the best set so far has
            List<int>? found = Against(leader, rival, start, best is null ? most : best.Count - 1);
            if (found is not null)
            {
                best = found;
                successor = Leader(Refit(start));
            }

            PutBack(Enumerable.Range(0, _removed.Length).Where(b => _removed[b]).ToArray());
        }

        return new FragilityReport(leader, successor, best ?? [], best is null ? 0 : (double)best.Count / counted, _refits);
    }

    /// <summary>Ballots whose removal puts another first, the most influential first; they stay removed. Null when there are more than allowed.</summary>
    private List<int>? Against(int leader, int rival, double[] start, int most)
    {
        var taken = new List<int>();
        double[] theta = start;
        for (int round = 0; round < MostRounds && taken.Count < most; round++)
        {
            double lead = theta[leader] - theta[rival], gained = 0;
            int before = taken.Count;
            foreach ((int ballot, double influence) in Influences(leader, rival, theta))
            {
                if (influence <= 0 || taken.Count >= most || gained > lead)
                {
                    break;
                }

                gained += influence;
                taken.Add(ballot);
                Take(ballot);
            }

            theta = Refit(theta);
            if (Leader(theta) != leader)
            {
                return Trim(taken, leader, theta);
            }

            if (taken.Count == before)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Puts back what is not needed: the longest tail of the list, by halving, whose return leaves the leader dethroned.</summary>
    private List<int> Trim(List<int> taken, int leader, double[] theta)
    {
        (int low, int high) = (0, taken.Count); // the first high ballots suffice; the first low do not
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            int[] tail = [.. taken.Skip(middle).Take(high - middle)];
            PutBack(tail);
            if (Leader(Refit(theta)) != leader)
            {
                high = middle;
            }
            else
            {
                low = middle;
                Array.ForEach(tail, Take);
            }
        }

        return [.. taken.Take(high)];
    }

    /// <summary>By how much the lead shrinks when a ballot goes, largest first.</summary>
    private IEnumerable<(int Ballot, double Influence)> Influences(int leader, int rival, double[] theta)
    {
        var model = new LogitLikelihood(terms, [], 0) { Weights = _weight };
        double[] inverse = Newton(model).InverseCurvature(theta);
        double[] direction = [.. Enumerable.Range(0, _n).Select(i => inverse[leader * _n + i] - inverse[rival * _n + i])];
        double[] gradient = new double[2], curvature = new double[4];
        double[] ofTerm = new double[terms.Count];
        for (int t = 0; t < ofTerm.Length; t++)
        {
            model.Evaluate(t, theta, gradient, curvature);
            ofTerm[t] = gradient[0] * (direction[terms.First[t]] - direction[terms.Second[t]]);
        }

        var influences = new List<(int Ballot, double Influence)>();
        for (int b = 0; b < _removed.Length; b++)
        {
            if (!_removed[b])
            {
                double sum = 0;
                foreach (int term in terms.TermOf.AsSpan(terms.Start[b]..terms.Start[b + 1]))
                {
                    sum += ofTerm[term];
                }

                influences.Add((b, Weight(b) * sum));
            }
        }

        return influences.OrderByDescending(i => i.Influence).ThenBy(i => i.Ballot);
    }

    private double Weight(int ballot) => terms.Ballots.Weights.IsEmpty ? 1 : terms.Ballots.Weights[ballot];

    private void Take(int ballot) => Move(ballot, removed: true);

    private void PutBack(int[] ballots) => Array.ForEach(ballots, b => Move(b, removed: false));

    private void Move(int ballot, bool removed)
    {
        _removed[ballot] = removed;
        foreach (int term in terms.TermOf.AsSpan(terms.Start[ballot]..terms.Start[ballot + 1]))
        {
            double left = _weight[term] + (removed ? -Weight(ballot) : Weight(ballot));
            _weight[term] = left < 1e-9 * terms.Weight[term] ? 0 : left; // what rounding leaves is no vote
        }
    }

    private double[] Refit(double[] from)
    {
        _refits++;
        return Newton(new LogitLikelihood(terms, [], 0) { Weights = _weight }).Maximise(from, Tolerance, 100).X;
    }

    private DampedNewton Newton(LogitLikelihood model) => new(model, _ridge, 0, -1);

    /// <summary>The first of those with the highest strength, differences by rounding aside.</summary>
    private static int Leader(double[] theta)
    {
        double most = theta.Max();
        return Array.FindIndex(theta, t => t >= most - 1e-7);
    }
}
