using Arena.Ranking.Clustering;

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

    public static VoteEvidence Of(PairTerms terms)
    {
        Ballots ballots = terms.Ballots;
        int n = ballots.Competitors;
        int[] observations = new int[n], decided = new int[n], common = new int[n <= MostPairs ? n * n : 0], discordant = new int[common.Length];
        (int all, int allDecided) = (0, 0);
        for (int b = 0; b < ballots.Count; b++)
        {
            if (!ballots.Compares(b))
            {
                continue;
            }

            Ballot ballot = ballots[b];
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

        return new VoteEvidence(
            n,
            new Evidence(all, allDecided),
            [.. observations.Zip(decided, (seen, told) => new Evidence(seen, told))],
            common,
            discordant);
    }

    /// <summary>The same with clusters counted.</summary>
    public VoteEvidence In(Meat meat) => new(
        _n,
        Board with { Clusters = meat.Clusters },
        [.. Competitors.Zip(meat.ClustersOf, (e, clusters) => e with { Clusters = clusters })],
        _common,
        _discordant);
}
