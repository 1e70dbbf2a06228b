namespace Arena.Ranking.Pairwise;

/// <summary>What ballots say about whom: the ballot is the observation.</summary>
internal sealed class VoteEvidence
{
    /// <summary>Above this many competitors pairs are not counted: the table would be larger than the votes.</summary>
    private const int MostPairs = 2000;

    private readonly int _n;
    private readonly int[] _common;
    private readonly int[] _discordant;

    private VoteEvidence(int n, Evidence board, Evidence[] competitors, int[] common, int[] discordant) =>
        (_n, Board, Competitors, _common, _discordant) = (n, board, competitors, common, discordant);

    public Evidence Board { get; }

    public Evidence[] Competitors { get; }

    public (int Common, int Discordant) Pair(int a, int b) =>
        _common.Length == 0 ? default : (_common[a * _n + b] + _common[b * _n + a], _discordant[a * _n + b] + _discordant[b * _n + a]);

    public static VoteEvidence Of(PairTerms terms, BallotClusters[] ways)
    {
        Ballots ballots = terms.Ballots;
        int n = ballots.Competitors;
        int[] observations = new int[n], decided = new int[n], common = new int[n <= MostPairs ? n * n : 0], discordant = new int[common.Length];
        (int all, int allDecided) = (0, 0);
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            if (ballot.Weight <= 0 || ballot.Length < 2)
            {
                continue;
            }

            bool tellsApart = ballot.Tiers > 1;
            (all, allDecided) = (all + 1, allDecided + (tellsApart ? 1 : 0));
            foreach (int i in ballot.Competitors)
            {
                observations[i]++;
                decided[i] += tellsApart ? 1 : 0;
            }

            for (int v = terms.Start[b]; common.Length > 0 && v < terms.Start[b + 1]; v++)
            {
                int term = terms.TermOf[v], cell = terms.First[term] * n + terms.Second[term];
                common[cell]++;
                discordant[cell] += terms.Kind[term] == PairTerm.Tied ? 0 : 1;
            }
        }

        int[] clusters = new int[n];
        Array.Fill(clusters, int.MaxValue);
        int boardClusters = int.MaxValue;
        foreach (BallotClusters way in ways.Where(w => w.Sign > 0))
        {
            (int board, int[] own) = Clusters(ballots, way);
            boardClusters = Math.Min(boardClusters, board);
            for (int i = 0; i < n; i++)
            {
                clusters[i] = Math.Min(clusters[i], own[i]);
            }
        }

        return new VoteEvidence(
            n,
            new Evidence(all, allDecided) { Clusters = boardClusters },
            [.. Enumerable.Range(0, n).Select(i => new Evidence(observations[i], decided[i]) { Clusters = clusters[i] })],
            common,
            discordant);
    }

    private static (int Board, int[] Competitors) Clusters(Ballots ballots, BallotClusters way)
    {
        var own = new int[ballots.Competitors];
        var last = new int[ballots.Competitors];
        Array.Fill(last, -1);
        int board = 0;
        for (int c = 0; c < way.Count; c++)
        {
            bool counts = false;
            foreach (int b in way.Order.AsSpan(way.Start[c]..way.Start[c + 1]))
            {
                Ballot ballot = ballots[b];
                if (ballot.Weight <= 0 || ballot.Length < 2)
                {
                    continue;
                }

                counts = true;
                foreach (int i in ballot.Competitors)
                {
                    own[i] += last[i] == c ? 0 : 1;
                    last[i] = c;
                }
            }

            board += counts ? 1 : 0;
        }

        return (board, own);
    }
}
