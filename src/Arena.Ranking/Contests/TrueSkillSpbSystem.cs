namespace Arena.Ranking.Contests;

/// <summary>
/// See <see cref="TrueSkillSpb"/>. Every performance t is its place's level l plus u, |u| ≤ ε; neighbouring levels are 2ε apart or
/// more. Messages go along places, out to performances and back, until those to performances rest.
/// </summary>
internal sealed class TrueSkillSpbSystem(TrueSkillSpbOptions options) : ContestSystem
{
    public override void Update(Contest contest)
    {
        double performance = options.Beta / Math.Sqrt(contest.Weight);
        foreach (Entrant entrant in contest.Entrants)
        {
            entrant.AddNoiseAndForget(options.Drift);
        }

        var graph = new Graph(contest, options.Epsilon, performance);
        graph.Run(options.Tolerance, options.MaxIterations);
        for (int j = 0; j < contest.Count; j++)
        {
            Entrant entrant = contest.Entrants[j];
            Bell belief = new Bell(entrant.Mu, entrant.Sigma) * (graph.ToPerformance[j] - new Bell(0, performance));
            entrant.Set(belief.Mu, belief.Sigma, double.NaN);
        }
    }

    private sealed class Graph
    {
        private readonly double _epsilon;
        private readonly int[] _place;
        private readonly Bell[] _performances;
        private readonly Bell[] _toLevel; // from each performance to its level
        private readonly Bell[] _fromLevel;
        private readonly Bell[] _toUpper; // from each pair of neighbours to the better level
        private readonly Bell[] _toLower;
        private readonly Bell[] _fromUpper;
        private readonly Bell[] _fromLower;
        private readonly int[] _start; // of each place's performances

        // the reference makes the bands, and the gaps, as clones of one node that share its messages
        private Bell _band;
        private Bell _toBand;
        private Bell _gap;
        private Bell _toGap;

        public Graph(Contest contest, double epsilon, double performance)
        {
            _epsilon = epsilon;
            int n = contest.Count;
            (_place, _performances, ToPerformance, _toLevel, _fromLevel) = (new int[n], new Bell[n], new Bell[n], new Bell[n], new Bell[n]);
            var starts = new List<int>();
            for (int j = 0; j < n; j++)
            {
                if (contest.First[j] == j)
                {
                    starts.Add(j);
                }

                _place[j] = starts.Count - 1;
                _performances[j] = new Bell(contest.Entrants[j].Mu, contest.Entrants[j].Sigma) + new Bell(0, performance);
                _toLevel[j] = Bell.Flat;
            }

            int pairs = starts.Count - 1;
            _start = [.. starts, n];
            (_toUpper, _toLower, _fromUpper, _fromLower) = (new Bell[pairs], new Bell[pairs], new Bell[pairs], new Bell[pairs]);
            Array.Fill(_toUpper, Bell.Flat);
            Array.Fill(_toLower, Bell.Flat);
        }

        /// <summary>From the rest of the graph to each performance.</summary>
        public Bell[] ToPerformance { get; }

        public void Run(double tolerance, int mostPasses)
        {
            Bands();
            var before = new Bell[ToPerformance.Length];
            for (int pass = 0; pass < mostPasses; pass++)
            {
                if (pass > 0 && Moved(before) < tolerance)
                {
                    return;
                }

                ToPerformance.CopyTo(before, 0);
                Sweep();
                _gap = _toGap.Above(2 * _epsilon);
                Sweep();
                Bands();
            }
        }

        /// <summary>Levels and performances tell each other; the band learns from the last of them; again.</summary>
        private void Bands()
        {
            Members();
            _band = _toBand.Within(_epsilon);
            Members();
        }

        private void Members()
        {
            for (int j = 0; j < _performances.Length; j++)
            {
                _toLevel[j] = _performances[j] + _band;
                ToPerformance[j] = _fromLevel[j] - _band;
                _toBand = _fromLevel[j] - _performances[j];
            }
        }

        /// <summary>Down the places and up again.</summary>
        private void Sweep()
        {
            int pairs = _toUpper.Length;
            for (int k = 0; k < pairs; k++)
            {
                Level(k);
                Pair(k);
            }

            Level(pairs);
            for (int k = pairs - 1; k >= 0; k--)
            {
                Pair(k);
                Level(k);
            }
        }

        private void Pair(int k)
        {
            _toUpper[k] = _fromLower[k] + _gap;
            _toLower[k] = _fromUpper[k] - _gap;
            _toGap = _fromUpper[k] - _fromLower[k];
        }

        /// <summary>Tells each neighbour of a level what all its other neighbours say.</summary>
        private void Level(int place)
        {
            int start = _start[place], members = _start[place + 1] - start;
            bool above = place > 0, below = place < _toUpper.Length;
            var said = new List<Bell>(members + 2);
            said.AddRange(_toLevel.AsSpan(start, members));
            if (above)
            {
                said.Add(_toLower[place - 1]);
            }

            if (below)
            {
                said.Add(_toUpper[place]);
            }

            var after = new Bell[said.Count + 1];
            after[^1] = Bell.Flat;
            for (int k = said.Count - 1; k >= 0; k--)
            {
                after[k] = after[k + 1] * said[k];
            }

            Bell prefix = Bell.Flat;
            for (int k = 0; k < said.Count; k++)
            {
                Bell others = prefix * after[k + 1];
                prefix *= said[k];
                if (k < members)
                {
                    _fromLevel[start + k] = others;
                }
                else if (above && k == members)
                {
                    _fromLower[place - 1] = others;
                }
                else
                {
                    _fromUpper[place] = others;
                }
            }
        }

        private double Moved(Bell[] before)
        {
            double most = 0;
            for (int j = 0; j < before.Length; j++)
            {
                most = Math.Max(most, Math.Max(Math.Abs(ToPerformance[j].Mu - before[j].Mu), Math.Abs(ToPerformance[j].Sigma - before[j].Sigma)));
            }

            return most;
        }
    }
}
