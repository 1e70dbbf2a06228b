namespace Arena.Ranking.Tests.Properties;

/// <summary>What a method ranks, and the changes that the table method × property speaks of. Null: this kind of evidence knows no such change.</summary>
internal interface IEvidence
{
    int Competitors { get; }

    /// <summary>Competitor i is called <paramref name="to"/>[i].</summary>
    IEvidence Renamed(int[] to);

    /// <summary>Votes or samples in another order.</summary>
    IEvidence? Shuffled(ulong seed);

    /// <summary>Who was best is worst.</summary>
    IEvidence? Reversed();

    /// <summary>Every vote or sample twice.</summary>
    IEvidence? Twice();

    /// <summary>One more win.</summary>
    /// <param name="winner">Who wins it.</param>
    /// <param name="loser">Against whom, where a win has a loser.</param>
    /// <param name="place">Where in the order of votes, from 0 (first) to 1 (last).</param>
    IEvidence WithWin(int winner, int loser, double place);

    /// <summary>A copy of competitor 0, under the number <see cref="Competitors"/>, that is measured, shown and judged beside it.</summary>
    IEvidence WithClone(ulong seed);
}
