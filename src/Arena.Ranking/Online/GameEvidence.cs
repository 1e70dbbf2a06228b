namespace Arena.Ranking.Online;

/// <summary>What a method that reads ballots one after the other stands on: ballots, never the pairs derived from them.</summary>
internal sealed class GameEvidence
{
    /// <summary>Above this many competitors the table of pairs is not kept: it would outgrow everything else.</summary>
    private const int MostCounted = 2000;

    private readonly int _n;
    private readonly int[] _ballots;
    private readonly int[] _discordant;
    private readonly (int Common, int Discordant)[]? _pairs;
    private int _all;
    private int _allDiscordant;

    public GameEvidence(Ballots ballots)
    {
        _n = ballots.Competitors;
        (_ballots, _discordant) = (new int[_n], new int[_n]);
        _pairs = _n <= MostCounted ? new (int, int)[_n * (_n - 1) / 2] : null;
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            if (ballot.Length >= 2 && ballot.Weight > 0)
            {
                Count(ballot);
            }
        }
    }

    public Evidence Board => new(_all, _allDiscordant);

    public Evidence[] Competitors => [.. _ballots.Zip(_discordant, (b, d) => new Evidence(b, d))];

    /// <summary>Those that no ballot compares with anybody.</summary>
    public int[] Unvoted => [.. Enumerable.Range(0, _n).Where(i => _ballots[i] == 0)];

    public Func<int, int, (int Common, int Discordant)>? Pairs =>
        _pairs is null ? null : (a, b) => _pairs[PairComparisons.IndexOf(Math.Min(a, b), Math.Max(a, b), _n)];

    private void Count(in Ballot ballot)
    {
        ReadOnlySpan<int> shown = ballot.Competitors;
        bool differ = ballot.Tiers > 1;
        _all++;
        _allDiscordant += differ ? 1 : 0;
        for (int i = 0; i < shown.Length; i++)
        {
            _ballots[shown[i]]++;
            _discordant[shown[i]] += differ ? 1 : 0;
            for (int j = i + 1; _pairs is not null && j < shown.Length; j++)
            {
                ref (int Common, int Discordant) pair = ref _pairs[PairComparisons.IndexOf(Math.Min(shown[i], shown[j]), Math.Max(shown[i], shown[j]), _n)];
                pair.Common++;
                pair.Discordant += ballot.Tier(i) != ballot.Tier(j) ? 1 : 0;
            }
        }
    }
}
