namespace Arena.Ranking.Contests;

/// <summary>One contest as the systems see it: entrants best first, and for each the first and last place of those it tied with.</summary>
/// <param name="Entrants">Best first.</param>
/// <param name="First">First place of the entrant's tie group, from 0.</param>
/// <param name="Last">Last place of it.</param>
/// <param name="Weight">How much the contest counts.</param>
/// <param name="Ceiling">No performance counts as higher.</param>
/// <param name="Threads">Threads to use at most; −1 is one a core.</param>
internal sealed record Contest(Entrant[] Entrants, int[] First, int[] Last, double Weight, double Ceiling, int Threads)
{
    private const int FewEntrants = 64;

    public int Count => Entrants.Length;

    /// <summary>Does something for every entrant; on several threads where there are many. Bodies touch their own entrant only.</summary>
    public void ForEach(Action<int> body)
    {
        if (Count < FewEntrants || Threads == 1)
        {
            for (int i = 0; i < Count; i++)
            {
                body(i);
            }
        }
        else
        {
            Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, body);
        }
    }

    /// <summary>1 where i finished before j, ½ where they tied, 0 otherwise.</summary>
    public double Outcome(int i, int j) => First[i] < First[j] ? 1 : First[i] == First[j] ? 0.5 : 0;
}

/// <summary>How a contest changes its entrants.</summary>
internal abstract class ContestSystem
{
    public abstract void Update(Contest contest);
}
