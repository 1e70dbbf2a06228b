namespace Arena.Ranking.Pairwise;

/// <summary>How a derived pair came out, seen from its first.</summary>
internal enum PairTerm : byte
{
    Lost = 0,
    Won = 1,
    Tied = 2,
}

/// <summary>
/// The pairs that ballots say something about: every two competitors of a ballot, save two of one unordered tier, about
/// which nobody was asked. Ballots remain the observations: the pairs of one stand together.
/// </summary>
internal sealed class PairTerms
{
    private PairTerms(Ballots ballots, int[] first, int[] second, PairTerm[] kind, double[] weight, int[] termOf, int[] start)
    {
        (Ballots, First, Second, Kind, Weight, TermOf, Start) = (ballots, first, second, kind, weight, termOf, start);
    }

    public Ballots Ballots { get; }

    public int Competitors => Ballots.Competitors;

    /// <summary>Number of terms: distinct (first, second, outcome), or one a derived pair.</summary>
    public int Count => First.Length;

    public int[] First { get; }

    public int[] Second { get; }

    public PairTerm[] Kind { get; }

    /// <summary>Weight of all derived pairs of the term together.</summary>
    public double[] Weight { get; }

    /// <summary>Term of every derived pair, ballot by ballot.</summary>
    public int[] TermOf { get; }

    /// <summary>Where each ballot's derived pairs begin.</summary>
    public int[] Start { get; }

    /// <summary>Equal derived pairs become one term; the first has the smaller index.</summary>
    public static PairTerms Aggregated(Ballots ballots)
    {
        int n = ballots.Competitors;
        var number = new Dictionary<long, int>();
        var (first, second, kind, weight) = (new List<int>(), new List<int>(), new List<PairTerm>(), new List<double>());
        (List<int> termOf, int[] start) = Walk(ballots, (a, b, tie, w, _, _, _) =>
        {
            (int i, int j, PairTerm outcome) = (Math.Min(a, b), Math.Max(a, b), tie ? PairTerm.Tied : a < b ? PairTerm.Won : PairTerm.Lost);
            long key = ((long)i * n + j) * 3 + (int)outcome;
            if (!number.TryGetValue(key, out int term))
            {
                number[key] = term = first.Count;
                first.Add(i);
                second.Add(j);
                kind.Add(outcome);
                weight.Add(0);
            }

            weight[term] += w;
            return term;
        });
        return new PairTerms(ballots, [.. first], [.. second], [.. kind], [.. weight], [.. termOf], start);
    }

    /// <summary>Every derived pair is a term; the first of a pairwise vote is the one that was named first.</summary>
    /// <param name="ballots">The ballots.</param>
    /// <param name="visit">Called with ballot and slots of each term's first and second.</param>
    public static PairTerms OneByOne(Ballots ballots, Action<int, int, int>? visit = null)
    {
        var (first, second, kind, weight) = (new List<int>(), new List<int>(), new List<PairTerm>(), new List<double>());
        (List<int> termOf, int[] start) = Walk(ballots, (a, b, tie, w, ballot, slotA, slotB) =>
        {
            bool turn = ballots[ballot].Swapped;
            first.Add(turn ? b : a);
            second.Add(turn ? a : b);
            kind.Add(tie ? PairTerm.Tied : turn ? PairTerm.Lost : PairTerm.Won);
            weight.Add(w);
            visit?.Invoke(ballot, turn ? slotB : slotA, turn ? slotA : slotB);
            return first.Count - 1;
        });
        return new PairTerms(ballots, [.. first], [.. second], [.. kind], [.. weight], [.. termOf], start);
    }

    /// <summary>Why these pairs have no finite maximum-likelihood fit of log-strengths, or null when they have one (Ford 1957).</summary>
    /// <param name="prior">Whether a prior makes any pairs fit.</param>
    public Diagnosis? Diagnose(bool prior)
    {
        int n = Competitors;
        if (n == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        (HashSet<int>[] took, HashSet<int>[] met, bool decided) = Relations();
        bool any = Array.Exists(met, others => others.Count > 0);
        if (!any)
        {
            return new Diagnosis.NoBallots();
        }

        if (prior)
        {
            return null;
        }

        int[] alone = [.. Enumerable.Range(0, n).Where(i => met[i].Count == 0)];
        if (alone.Length > 0)
        {
            return new Diagnosis.Unvoted(alone);
        }

        List<int[]> components = ComparisonGraph.Components(n, (i, j) => met[i].Contains(j));
        if (components.Count > 1)
        {
            return new Diagnosis.Disconnected(components);
        }

        if (!decided)
        {
            return new Diagnosis.OnlyTies();
        }

        List<int[]> groups = ComparisonGraph.StrongComponents(n, (i, j) => took[i].Contains(j));
        return groups.Count == 1
            ? null
            : new Diagnosis.Separable(groups, [.. Never((i, j) => took[j].Contains(i))], [.. Never((i, j) => took[i].Contains(j))]);

        IEnumerable<int> Never(Func<int, int, bool> taken) => Enumerable.Range(0, n).Where(i => met[i].All(j => !taken(i, j)));
    }

    /// <summary>Groups within which everybody took something from everybody, directly or through others.</summary>
    public List<int[]> Groups()
    {
        (HashSet<int>[] took, _, _) = Relations();
        return ComparisonGraph.StrongComponents(Competitors, (i, j) => took[i].Contains(j));
    }

    /// <summary>From whom each took a win or a tie, whom it met, and whether any pair is no tie.</summary>
    private (HashSet<int>[] Took, HashSet<int>[] Met, bool Decided) Relations()
    {
        int n = Competitors;
        HashSet<int>[] took = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())], met = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())];
        bool decided = false;
        for (int t = 0; t < Count; t++)
        {
            if (Weight[t] <= 0)
            {
                continue;
            }

            (int i, int j) = (First[t], Second[t]);
            decided |= Kind[t] != PairTerm.Tied;
            met[i].Add(j);
            met[j].Add(i);
            if (Kind[t] != PairTerm.Lost)
            {
                took[i].Add(j);
            }

            if (Kind[t] != PairTerm.Won)
            {
                took[j].Add(i);
            }
        }

        return (took, met, decided);
    }

    private static (List<int> TermOf, int[] Start) Walk(Ballots ballots, Func<int, int, bool, double, int, int, int, int> add)
    {
        var termOf = new List<int>(ballots.Slots);
        var start = new int[ballots.Count + 1];
        for (int ballot = 0; ballot < ballots.Count; ballot++)
        {
            Ballot b = ballots[ballot];
            for (int k = 0; k < b.Length; k++)
            {
                for (int l = k + 1; l < b.Length; l++)
                {
                    bool shared = b.Tier(k) == b.Tier(l);
                    if (!shared || b.KindOfTier(k) == TierKind.Tied)
                    {
                        termOf.Add(add(b.Competitors[k], b.Competitors[l], shared, b.Weight, ballot, k, l));
                    }
                }
            }

            start[ballot + 1] = termOf.Count;
        }

        return (termOf, start);
    }
}
