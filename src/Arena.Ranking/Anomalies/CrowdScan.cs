using Arena.Ranking.Selection;
using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Anomalies;

/// <summary>
/// Tests voters that are too few-worded to be tested one by one together: do accounts with few ballots have a competitor win, lose
/// or appear more often than accounts with more ballots do?
/// </summary>
/// <remarks>
/// A voter is one observation, the mean over its ballots, so that tastes do not count as often as they are told. What the more active
/// ones say is an estimate: each test takes its limit at a small level β, and adds β to the p-value (Berger, Boos 1994). Ballots
/// without a known voter stand for themselves.
/// </remarks>
internal sealed class CrowdScan
{
    /// <summary>Active voters on a competitor from which their estimate is taken for normal.</summary>
    private const int LeastReference = 30;

    /// <summary>Ballots of active voters in a stretch of time within which matchmaking is taken to stay the same.</summary>
    private const int BallotsInBlock = 500;

    private const int MostBlocks = 50;
    private const double MostShift = 6;

    private readonly Ballots _ballots;
    private readonly SlotScores _scores;
    private readonly VoteAnomalyOptions _options;
    private readonly int[] _voter;
    private readonly int[] _activity;
    private readonly double _level;
    private readonly double _quantile;

    private CrowdScan(Ballots ballots, SlotScores scores, VoteAnomalyOptions options)
    {
        (_ballots, _scores, _options) = (ballots, scores, options);
        (_voter, _activity) = Activity(ballots);
        _level = options.FalseDiscoveryRate / (10.0 * 3 * Bounds(options).Length * ballots.Competitors);
        _quantile = Normal.InvCDF(0, 1, 1 - _level);
    }

    /// <summary>Crowds at or under the level, corrected over all tests (Holm), surest first.</summary>
    public static List<VoteCrowd> Find(Ballots ballots, SlotScores scores, VoteAnomalyOptions options)
    {
        var scan = new CrowdScan(ballots, scores, options);
        List<VoteCrowd> tested = [.. Bounds(options).SelectMany(bound => scan.Test(bound.Least, bound.Most))];
        double[] adjusted = Holm.Adjust([.. tested.Select(c => c.AdjustedPValue)]);
        return [.. tested.Select((c, k) => c with { AdjustedPValue = adjusted[k] }).Where(c => c.AdjustedPValue <= options.FalseDiscoveryRate).OrderBy(c => c.AdjustedPValue).ThenBy(c => c.Competitor)];
    }

    /// <summary>Least and most ballots of an account: those that are never tested alone, and those with so few that a vote in ten goes unseen.</summary>
    private static (int Least, int Most)[] Bounds(VoteAnomalyOptions options) => options.LeastBallots > 1
        ? [(1, options.LeastBallots - 1), (options.LeastBallots, 4 * options.LeastBallots - 1)]
        : [(1, 3)];

    /// <summary>Every ballot's voter, numbered without gaps, −1 where the ballot says nothing; and every voter's ballots.</summary>
    public static (int[] Voter, int[] Activity) Activity(Ballots ballots)
    {
        var number = new Dictionary<int, int>();
        var voter = new int[ballots.Count];
        var activity = new List<int>();
        for (int b = 0; b < voter.Length; b++)
        {
            Ballot ballot = ballots[b];
            if (!SlotScores.Speaks(ballot))
            {
                voter[b] = -1;
                continue;
            }

            if (ballot.Voter < 0 || !number.TryGetValue(ballot.Voter, out voter[b]))
            {
                voter[b] = activity.Count;
                activity.Add(0);
                if (ballot.Voter >= 0)
                {
                    number[ballot.Voter] = voter[b];
                }
            }

            activity[voter[b]]++;
        }

        return (voter, [.. activity]);
    }

    private List<VoteCrowd> Test(int least, int most)
    {
        var crowd = new List<(int Voter, int Ballot)>();
        var others = new List<(int Voter, int Ballot)>();
        for (int b = 0; b < _voter.Length; b++)
        {
            if (_voter[b] >= 0 && _activity[_voter[b]] >= least)
            {
                (_activity[_voter[b]] <= most ? crowd : others).Add((_voter[b], b));
            }
        }

        // a voter's ballots stand together, in the order they were cast
        crowd.Sort();
        others.Sort();
        var (own, reference) = (BySlot(crowd), BySlot(others));
        double[][] shares = Shares(others);
        var found = new List<VoteCrowd>();
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i].Count == 0 || Distinct(reference[i]) < LeastReference)
            {
                continue;
            }

            int voters = Distinct(own[i]);
            (double shift, double error) = Shift(reference[i]);
            double room = _options.Taste + _quantile * error;
            Add(VoteAnomalyKind.Favours, voters, Means(own[i], shift + room), TailBound.Upper);
            Add(VoteAnomalyKind.Opposes, voters, Means(own[i], shift - room), TailBound.Lower);
            ScoredVote[] shown = Shown(crowd, i, shares[i], others.Count);
            Add(VoteAnomalyKind.Concentrates, shown.Length, shown, TailBound.Upper);

            void Add(VoteAnomalyKind kind, int count, ScoredVote[] votes, Func<ReadOnlySpan<ScoredVote>, double> tail) => found.Add(new VoteCrowd(
                kind, i, least, most, count, votes.Sum(v => v.Score), votes.Sum(v => v.Mean), Math.Min(1, tail(votes) + _level)));
        }

        return found;
    }

    private List<(int Voter, int Ballot, int Slot)>[] BySlot(List<(int Voter, int Ballot)> cast)
    {
        var slots = new List<(int Voter, int Ballot, int Slot)>[_ballots.Competitors];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = [];
        }

        foreach ((int voter, int b) in cast)
        {
            ReadOnlySpan<int> shown = _ballots[b].Competitors;
            for (int k = 0; k < shown.Length; k++)
            {
                slots[shown[k]].Add((voter, b, k));
            }
        }

        return slots;
    }

    private static int Distinct(List<(int Voter, int Ballot, int Slot)> slots)
    {
        int count = 0, last = -1;
        foreach ((int voter, _, _) in slots)
        {
            count += voter == last ? 0 : 1;
            last = voter;
        }

        return count;
    }

    /// <summary>By how much the voters see a competitor stronger than the board does, where their scores and an imagined tie add up to what is expected; with its error, clustered by voter.</summary>
    private (double Shift, double Error) Shift(List<(int Voter, int Ballot, int Slot)> slots)
    {
        (double low, double high) = (-MostShift, MostShift);
        for (int round = 0; round < 24; round++)
        {
            double middle = (low + high) / 2;
            (low, high) = Excess(slots, middle).Total > 0 ? (middle, high) : (low, middle);
        }

        const double Step = 1e-3;
        double shift = (low + high) / 2;
        double slope = (Excess(slots, shift - Step).Total - Excess(slots, shift + Step).Total) / (2 * Step);
        return (shift, slope > 0 ? Math.Sqrt(Excess(slots, shift).Squares) / slope : double.PositiveInfinity);
    }

    /// <summary>Scores above those expected, in all, and squared voter by voter.</summary>
    private (double Total, double Squares) Excess(List<(int Voter, int Ballot, int Slot)> slots, double shift)
    {
        double total = 0.5 - 1 / (1 + Math.Exp(-shift)), squares = total * total, own = 0;
        for (int k = 0; k < slots.Count; k++)
        {
            (int voter, int b, int slot) = slots[k];
            Ballot ballot = _ballots[b];
            own += SlotScores.Score(ballot, slot) - _scores.Mean(ballot, slot, 1, shift);
            if (k + 1 == slots.Count || slots[k + 1].Voter != voter)
            {
                (total, squares, own) = (total + own, squares + own * own, 0);
            }
        }

        return (total, squares);
    }

    /// <summary>Every voter's mean score, and what it should be.</summary>
    private ScoredVote[] Means(List<(int Voter, int Ballot, int Slot)> slots, double shift)
    {
        var means = new List<ScoredVote>();
        double score = 0, mean = 0;
        for (int k = 0, first = 0; k < slots.Count; k++)
        {
            (int voter, int b, int slot) = slots[k];
            Ballot ballot = _ballots[b];
            score += SlotScores.Score(ballot, slot);
            mean += _scores.Mean(ballot, slot, 1, shift);
            if (k + 1 == slots.Count || slots[k + 1].Voter != voter)
            {
                int count = k + 1 - first;
                means.Add(new ScoredVote(score / count, mean / count));
                (score, mean, first) = (0, 0, k + 1);
            }
        }

        return [.. means];
    }

    /// <summary>Every competitor's share of the ballots of a stretch of time, a ballot with it and one without added.</summary>
    private double[][] Shares(List<(int Voter, int Ballot)> cast)
    {
        var totals = new double[Blocks(cast.Count)];
        double[][] shares = [.. Enumerable.Range(0, _ballots.Competitors).Select(_ => new double[totals.Length])];
        foreach ((_, int b) in cast)
        {
            int block = BlockOf(b, totals.Length);
            totals[block]++;
            foreach (int i in _ballots[b].Competitors)
            {
                shares[i][block]++;
            }
        }

        foreach (double[] own in shares)
        {
            for (int block = 0; block < own.Length; block++)
            {
                own[block] = (own[block] + 1) / (totals[block] + 2);
            }
        }

        return shares;
    }

    /// <summary>On which share of every voter's ballots a competitor was, and on which it should have been at most.</summary>
    private ScoredVote[] Shown(List<(int Voter, int Ballot)> cast, int competitor, double[] shares, int reference)
    {
        var votes = new List<ScoredVote>();
        var weight = new double[shares.Length];
        for (int first = 0, next; first < cast.Count; first = next)
        {
            double seen = 0, expected = 0;
            int voter = cast[first].Voter;
            for (next = first; next < cast.Count && cast[next].Voter == voter; next++)
            {
                seen += _ballots[cast[next].Ballot].Competitors.Contains(competitor) ? 1 : 0;
                expected += shares[BlockOf(cast[next].Ballot, shares.Length)];
            }

            int count = next - first;
            for (int k = first; k < next; k++)
            {
                weight[BlockOf(cast[k].Ballot, shares.Length)] += 1.0 / count;
            }

            votes.Add(new ScoredVote(seen / count, expected / count));
        }

        // the shares are estimates, of about so many ballots each
        double mean = votes.Sum(v => v.Mean), ballots = (double)reference / shares.Length;
        double error = Math.Sqrt(weight.Select((w, block) => w * w * shares[block] * (1 - shares[block]) / ballots).Sum());
        double factor = _options.Concentration * (1 + _quantile * error / mean);
        return [.. votes.Select(v => v with { Mean = Math.Min(1, factor * v.Mean) })];
    }

    private static int Blocks(int reference) => Math.Clamp(reference / BallotsInBlock, 1, MostBlocks);

    private int BlockOf(int ballot, int blocks) => (int)((long)ballot * blocks / _ballots.Count);
}
