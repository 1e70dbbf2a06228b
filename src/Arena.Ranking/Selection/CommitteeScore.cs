using Arena.Ranking.Voting;

namespace Arena.Ranking.Selection;

/// <summary>Score of a committee as it grows: points of every ballot's slots, summed, or of the ballot's favourite member.</summary>
internal sealed class CommitteeScore
{
    private readonly double[] _favourite;
    private readonly List<(int Ballot, double Points)>[] _of;
    private readonly bool _onlyFavourite;

    public CommitteeScore(VoteTable table, CommitteeRule rule)
    {
        _onlyFavourite = rule == CommitteeRule.ChamberlinCourant;
        _favourite = new double[table.Count];
        _of = [.. Enumerable.Range(0, table.Competitors).Select(_ => new List<(int, double)>())];
        var points = new BordaPoints(table);
        for (int b = 0; b < table.Count; b++)
        {
            (int from, int to) = (table.Starts[b], table.Starts[b + 1]);
            if (table.Weight(b) <= 0 || to - from < 2)
            {
                continue;
            }

            ReadOnlySpan<double> own = points.Slots(from, to);
            double best = double.NegativeInfinity;
            foreach (double p in own)
            {
                best = Math.Max(best, p);
            }

            int first = own.Count(best);
            for (int s = from; s < to; s++)
            {
                double worth = rule != CommitteeRule.FirstPlaces ? own[s - from] : own[s - from].Equals(best) ? 1.0 / first : 0;
                _of[table.CompetitorColumn[s]].Add((b, table.Weight(b) * worth));
            }
        }
    }

    public double Total { get; private set; }

    public double Gain(int candidate)
    {
        double gain = 0;
        foreach ((int ballot, double points) in _of[candidate])
        {
            gain += _onlyFavourite ? Math.Max(0, points - _favourite[ballot]) : points;
        }

        return gain;
    }

    public void Add(int member)
    {
        Total += Gain(member);
        foreach ((int ballot, double points) in _of[member])
        {
            _favourite[ballot] = Math.Max(_favourite[ballot], points);
        }
    }
}
