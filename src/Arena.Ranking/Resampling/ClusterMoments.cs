namespace Arena.Ranking.Resampling;

/// <summary>
/// G = Σ_c u_c u_cᵀ, the sum over clusters of the outer product of their summed score vectors (Liang, Zeger 1986), of
/// sparse scores: observation o has the values Score[Start[o] … Start[o + 1]) at the competitors Item[…].
/// </summary>
internal sealed class ClusterMoments(int competitors, int[] start, int[] item, double[] score, double[]? copies)
{
    private const int MostParts = 16;

    /// <summary>By voter plus by prompt less by both together (Cameron, Gelbach, Miller 2011); a column that is null clusters nothing, −1 stands for itself. What few clusters lack is not made up for yet.</summary>
    /// <returns>n × n, positive semi-definite, the mean score taken off; and the clusters of the coarser column.</returns>
    public (double[] Moments, int Clusters) Of(int[]? voter, int[]? prompt, int threads)
    {
        double[] moments;
        int clusters;
        if (voter is not null && prompt is not null)
        {
            (moments, int voters) = Sum(voter, threads);
            (double[] byPrompt, int prompts) = Sum(prompt, threads);
            (double[] byBoth, _) = Sum(Both(voter, prompt), threads);
            for (int k = 0; k < moments.Length; k++)
            {
                moments[k] += byPrompt[k] - byBoth[k];
            }

            clusters = Math.Min(voters, prompts);
        }
        else
        {
            (moments, clusters) = Sum(voter ?? prompt, threads);
        }

        // a prior's share of the gradient is fixed: only what varies between clusters is noise
        var total = new double[competitors];
        for (int o = 0; o < start.Length - 1; o++)
        {
            for (int k = start[o]; k < start[o + 1]; k++)
            {
                total[item[k]] += (copies is null ? 1 : copies[o]) * score[k];
            }
        }

        for (int i = 0; i < competitors; i++)
        {
            for (int j = 0; j < competitors; j++)
            {
                moments[i * competitors + j] -= total[i] * total[j] / Math.Max(1, clusters);
            }
        }

        if (voter is not null && prompt is not null)
        {
            PositiveSemiDefinite.Project(moments, competitors);
        }

        return (moments, clusters);
    }

    /// <summary>Numbers each pair of known columns; where one is unknown the observation stands for itself.</summary>
    private static int[] Both(int[] first, int[] second)
    {
        var number = new Dictionary<long, int>();
        var both = new int[first.Length];
        for (int o = 0; o < both.Length; o++)
        {
            if (first[o] < 0 || second[o] < 0)
            {
                both[o] = -1;
                continue;
            }

            long key = ((long)first[o] << 32) | (uint)second[o];
            if (!number.TryGetValue(key, out both[o]))
            {
                number[key] = both[o] = number.Count;
            }
        }

        return both;
    }

    private (double[] Moments, int Clusters) Sum(int[]? cluster, int threads)
    {
        int count = start.Length - 1;
        (int[] order, int[] bounds) = cluster is null ? ([], []) : Grouped(cluster);
        int clusters = cluster is null ? count : bounds.Length - 1;
        int parts = Math.Clamp(Math.Min(clusters / 512, (int)((1L << 23) / ((long)competitors * competitors))), 1, MostParts);
        var sums = new double[parts][];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            var moments = sums[part] = new double[competitors * competitors];
            (int from, int to) = ((int)((long)clusters * part / parts), (int)((long)clusters * (part + 1) / parts));
            if (cluster is null)
            {
                AddEach(moments, from, to);
            }
            else
            {
                AddClusters(moments, order, bounds.AsSpan(from, to - from + 1));
            }
        });
        double[] total = sums[0];
        for (int part = 1; part < parts; part++)
        {
            for (int k = 0; k < total.Length; k++)
            {
                total[k] += sums[part][k];
            }
        }

        for (int i = 0; i < competitors; i++)
        {
            for (int j = i + 1; j < competitors; j++)
            {
                total[i * competitors + j] = total[j * competitors + i] = total[i * competitors + j] + total[j * competitors + i];
            }
        }

        return (total, copies is null || cluster is not null ? clusters : (int)copies.Sum());
    }

    private void AddEach(double[] moments, int from, int to)
    {
        for (int o = from; o < to; o++)
        {
            double factor = copies is null ? 1 : copies[o];
            for (int a = start[o]; a < start[o + 1]; a++)
            {
                double first = factor * score[a];
                Span<double> row = moments.AsSpan(item[a] * competitors, competitors);
                row[item[a]] += first * score[a];
                for (int b = a + 1; b < start[o + 1]; b++)
                {
                    row[item[b]] += first * score[b]; // (j, i) is made up for at the end
                }
            }
        }
    }

    private void AddClusters(double[] moments, int[] order, ReadOnlySpan<int> bounds)
    {
        var sum = new double[competitors];
        var touched = new int[competitors];
        var seen = new bool[competitors];
        for (int c = 0; c + 1 < bounds.Length; c++)
        {
            int count = 0;
            for (int k = bounds[c]; k < bounds[c + 1]; k++)
            {
                int o = order[k];
                for (int a = start[o]; a < start[o + 1]; a++)
                {
                    sum[item[a]] += score[a];
                    if (!seen[item[a]])
                    {
                        seen[item[a]] = true;
                        touched[count++] = item[a];
                    }
                }
            }

            for (int a = 0; a < count; a++)
            {
                double first = sum[touched[a]];
                Span<double> row = moments.AsSpan(touched[a] * competitors, competitors);
                row[touched[a]] += first * first;
                for (int b = a + 1; b < count; b++)
                {
                    row[touched[b]] += first * sum[touched[b]];
                }
            }

            foreach (int i in touched.AsSpan(0, count))
            {
                (sum[i], seen[i]) = (0, false);
            }
        }
    }

    /// <summary>Observations in order of their cluster, and where each cluster begins; unknown ones are clusters of one.</summary>
    private static (int[] Order, int[] Bounds) Grouped(int[] cluster)
    {
        var number = new Dictionary<int, int>();
        var of = new int[cluster.Length];
        int clusters = 0;
        for (int o = 0; o < of.Length; o++)
        {
            if (cluster[o] < 0)
            {
                of[o] = clusters++;
            }
            else if (!number.TryGetValue(cluster[o], out of[o]))
            {
                number[cluster[o]] = of[o] = clusters++;
            }
        }

        var bounds = new int[clusters + 1];
        foreach (int c in of)
        {
            bounds[c + 1]++;
        }

        for (int c = 0; c < clusters; c++)
        {
            bounds[c + 1] += bounds[c];
        }

        int[] next = bounds[..^1];
        var order = new int[of.Length];
        for (int o = 0; o < of.Length; o++)
        {
            order[next[of[o]]++] = o;
        }

        return (order, bounds);
    }
}
