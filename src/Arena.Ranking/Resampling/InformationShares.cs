using Arena.Ranking.Pairwise;

namespace Arena.Ranking.Resampling;

/// <summary>
/// How much of what is known of each parameter comes from the same cluster: δ = Σ_c h_c²/(Σ_c h_c)², h_c what cluster c adds to the diagonal of the
/// Hessian. 1/δ is the effective number of clusters (Kish 1965; Carter, Schnepel, Steigerwald 2017): δ is 1 where one cluster says all, and small
/// where many say alike.
/// </summary>
internal sealed class InformationShares(int parameters)
{
    private readonly double[] _total = new double[parameters];
    private readonly double[] _squares = new double[parameters];
    private readonly double[] _open = new double[parameters];
    private readonly int[] _touched = new int[parameters];
    private int _count;

    /// <summary>Adds to the cluster that is open.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="information">Its diagonal element of the Hessian of an observation, weight included; 0 or more.</param>
    public void Add(int parameter, double information)
    {
        if (information > 0)
        {
            if (_open[parameter].Equals(0.0))
            {
                _touched[_count++] = parameter;
            }

            _open[parameter] += information;
        }
    }

    /// <summary>Closes the cluster.</summary>
    /// <param name="copies">How many clusters are exactly alike.</param>
    public void EndCluster(double copies = 1)
    {
        foreach (int i in _touched.AsSpan(0, _count))
        {
            AddClusters(i, copies * _open[i], copies * _open[i] * _open[i]);
            _open[i] = 0;
        }

        _count = 0;
    }

    /// <summary>Adds clusters that were summed already.</summary>
    public void AddClusters(int parameter, double total, double squares)
    {
        _total[parameter] += total;
        _squares[parameter] += squares;
    }

    /// <summary>Adds ballots of three or more, each a cluster.</summary>
    public void AddSlates(Ballots ballots, double[] information)
    {
        ReadOnlySpan<int> starts = ballots.Starts;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (starts[b + 1] - starts[b] > 2)
            {
                Add(starts, ballots.CompetitorColumn, information, b);
                EndCluster();
            }
        }
    }

    /// <summary>δ of one way of clustering; 1 where nothing is known.</summary>
    public double[] Shares() => Of(_squares, _total);

    /// <summary>
    /// δ both ways: Σ over voters, and over prompts, less Σ over both together. It is the chance that two pieces of information, drawn at random, share
    /// their voter or their prompt.
    /// </summary>
    public static double[] BothWays(InformationShares voter, InformationShares prompt, InformationShares both)
    {
        var squares = new double[voter._squares.Length];
        for (int i = 0; i < squares.Length; i++)
        {
            squares[i] = voter._squares[i] + prompt._squares[i] - both._squares[i];
        }

        return Of(squares, voter._total);
    }

    /// <summary>Of observations that each stand for themselves.</summary>
    /// <param name="starts">Where each observation's slots begin, and their number.</param>
    /// <param name="parameter">One a slot.</param>
    /// <param name="information">One a slot.</param>
    /// <param name="parameters">How many there are.</param>
    /// <param name="copies">How many observations are exactly alike; null is one each.</param>
    public static InformationShares OfEach(ReadOnlySpan<int> starts, ReadOnlySpan<int> parameter, double[] information, int parameters, double[]? copies = null)
    {
        var shares = new InformationShares(parameters);
        for (int o = 0; o < starts.Length - 1; o++)
        {
            shares.Add(starts, parameter, information, o);
            shares.EndCluster(copies is null ? 1 : copies[o]);
        }

        return shares;
    }

    /// <summary>Of observations summed within clusters.</summary>
    public static InformationShares OfClusters(ReadOnlySpan<int> starts, ReadOnlySpan<int> parameter, double[] information, int parameters, ClusterIndex index)
    {
        var shares = new InformationShares(parameters);
        for (int c = 0; c < index.Clusters; c++)
        {
            foreach (int o in index.Ballot.AsSpan(index.Start[c]..index.Start[c + 1]))
            {
                shares.Add(starts, parameter, information, o);
            }

            shares.EndCluster();
        }

        return shares;
    }

    /// <summary>δ of observations clustered by voter, by prompt, or both ways.</summary>
    public static double[] Of(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> parameter, double[] information, int parameters, ClusterIndex voters, ClusterIndex? prompts = null)
    {
        InformationShares byVoter = OfClusters(starts, parameter, information, parameters, voters);
        if (prompts is null)
        {
            return byVoter.Shares();
        }

        InformationShares byPrompt = OfClusters(starts, parameter, information, parameters, prompts), byBoth = new(parameters);
        int[] promptOf = prompts.ClusterOf(starts.Length - 1);
        var met = new int[prompts.Clusters];
        for (int c = 0; c < voters.Clusters; c++)
        {
            int[] own = voters.Ballot[voters.Start[c]..voters.Start[c + 1]];
            bool again = false;
            foreach (int o in own)
            {
                // prompts carry the last voter that met them; few voters meet one twice
                again |= met[promptOf[o]] == c + 1;
                met[promptOf[o]] = c + 1;
            }

            if (again)
            {
                Array.Sort(Array.ConvertAll(own, o => promptOf[o]), own);
            }

            for (int k = 0; k < own.Length; k++)
            {
                byBoth.Add(starts, parameter, information, own[k]);
                if (!again || k + 1 == own.Length || promptOf[own[k]] != promptOf[own[k + 1]])
                {
                    byBoth.EndCluster();
                }
            }
        }

        return BothWays(byVoter, byPrompt, byBoth);
    }

    private void Add(ReadOnlySpan<int> starts, ReadOnlySpan<int> parameter, double[] information, int observation)
    {
        for (int slot = starts[observation]; slot < starts[observation + 1]; slot++)
        {
            Add(parameter[slot], information[slot]);
        }
    }

    private static double[] Of(double[] squares, double[] total)
    {
        var shares = new double[squares.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = total[i] > 0 ? Math.Clamp(squares[i] / (total[i] * total[i]), 0, 1) : 1;
        }

        return shares;
    }
}
