namespace Arena.Ranking.Pairwise;

/// <summary>What <see cref="RaoKupper"/> and <see cref="Davidson"/> share.</summary>
internal static class TieModelFit
{
    /// <summary>Fits, or says why not.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="parameter">Name of the tie parameter, κ or ν; estimated on the log scale.</param>
    /// <param name="ballots">The votes.</param>
    /// <param name="options">Options.</param>
    /// <param name="ridge">On log-strengths.</param>
    /// <param name="fixedLog">The logarithm of the tie parameter where it is given.</param>
    /// <param name="davidson">Which of the two.</param>
    /// <param name="standings">The result.</param>
    /// <param name="diagnosis">Why there is none.</param>
    public static bool TryFit(
        string method,
        string parameter,
        Ballots ballots,
        PairwiseModelOptions options,
        double ridge,
        double? fixedLog,
        bool davidson,
        out Standings? standings,
        out Diagnosis? diagnosis)
    {
        standings = null;
        PairTerms terms = PairTerms.Aggregated(ballots);
        diagnosis = terms.Diagnose(ridge > 0);
        if (diagnosis is not null)
        {
            return false;
        }

        int n = terms.Competitors;
        double tied = 0, decided = 0;
        for (int t = 0; t < terms.Count; t++)
        {
            (tied, decided) = terms.Kind[t] == PairTerm.Tied ? (tied + terms.Weight[t], decided) : (tied, decided + terms.Weight[t]);
        }

        var notes = new List<string>();
        double? held = fixedLog;
        if (held is null && decided <= 0)
        {
            diagnosis = new Diagnosis.OnlyTies(); // a prior on strengths does not bound the tie parameter
            return false;
        }

        if (held is null && tied <= 0)
        {
            held = davidson ? double.NegativeInfinity : 0;
            notes.Add("There is no tie, so the tie parameter lies on its bound and the rest is plain Bradley–Terry.");
        }

        if (tied > 0 && held is { } none && (davidson ? double.IsNegativeInfinity(none) : none <= 0))
        {
            throw new ArgumentException($"The tie parameter is fixed where ties are impossible, but ties weigh {tied}.", nameof(options));
        }

        var model = new TieLikelihood(terms, davidson, held);
        var start = new double[model.Parameters];
        double[] penalties = ridge > 0 ? new double[model.Parameters] : [];
        Array.Fill(penalties, ridge, 0, Math.Min(n, penalties.Length));
        if (held is null)
        {
            // among equals: tie share (κ − 1)/(κ + 1), or ν/(2 + ν)
            start[n] = davidson ? Math.Log(2 * tied / decided) : Math.Log((1 + tied / (tied + decided)) / (1 - tied / (tied + decided)));
        }

        var fit = new VoteFit(method, options, terms, model, penalties);
        diagnosis = fit.Maximise(start);
        if (diagnosis is not null)
        {
            return false;
        }

        fit.Spread();
        (double low, double high) = held is null ? fit.Interval(n) : (double.NegativeInfinity, double.PositiveInfinity);
        Coefficient coefficient = held is { } value
            ? new Coefficient(parameter, Math.Exp(value), low, high)
            : new Coefficient(parameter, Math.Exp(fit.X[n]), Math.Exp(low), Math.Exp(high));
        standings = fit.ToStandings([coefficient], notes);
        return true;
    }
}
