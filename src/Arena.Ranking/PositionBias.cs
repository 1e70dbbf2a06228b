using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// What a display slot is worth, estimated jointly with the ranking: a competitor of strength θ in slot s is chosen as one of
/// strength θ + γ_s would be, logit P(i ≻ j) = θi + γ_s(i) − θj − γ_s(j); the propensity of a slot is e^γ.
/// </summary>
/// <remarks>
/// <para>Joint maximum likelihood over derived pairs, ballots as observations, intervals cluster-robust. Slots come from
/// <see cref="BallotsBuilder.ShownInOrder"/>; in pairwise votes without them the competitor named first is taken to have stood
/// in slot 0. The estimate needs competitors that stood in different slots, best at random.</para>
/// <para>Weighting votes by 1/propensity of the chosen slot undoes the bias exactly for choices of one among slates whose slots were
/// drawn at random (Joachims, Swaminathan, Schnabel 2017; dual learning: Ai et al. 2018).</para>
/// </remarks>
public static class PositionBias
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "position-bias";

    /// <summary>Directions with less curvature than this share of a typical one cannot be told apart.</summary>
    private const double LeastCurvature = 1e-9;

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static PositionBiasStandings Fit(Ballots ballots, PositionBiasOptions? options = null) =>
        TryFit(ballots, options, out PositionBiasStandings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.UnsuitableBallot"/> (slots unknown), <see cref="Diagnosis.NoBallots"/>,
    /// <see cref="Diagnosis.OneCompetitor"/>, and without a ridge <see cref="Diagnosis.Unvoted"/>, <see cref="Diagnosis.Disconnected"/>,
    /// <see cref="Diagnosis.OnlyTies"/>, <see cref="Diagnosis.Separable"/>, <see cref="Diagnosis.NoFiniteMaximum"/>, and
    /// <see cref="Diagnosis.Unidentified"/> when competitors never changed slots.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        PositionBiasOptions? options,
        [NotNullWhen(true)] out PositionBiasStandings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new PositionBiasOptions();
        standings = null;
        diagnosis = SlotsUnknown(ballots);
        if (diagnosis is not null)
        {
            return false;
        }

        var slots = new List<(int First, int Second)>();
        PairTerms terms = PairTerms.OneByOne(ballots, (ballot, a, b) => slots.Add((SlotOf(ballots[ballot], a), SlotOf(ballots[ballot], b))));
        diagnosis = terms.Diagnose(options.Ridge > 0);
        if (diagnosis is not null)
        {
            return false;
        }

        int n = ballots.Competitors, width = slots.Max(s => Math.Max(s.First, s.Second)); // one less than slots: they add up to 0
        var plain = new VoteFit(BradleyTerry.Name, options, terms, new LogitLikelihood(terms, [], 0), Ridge(n));
        var fit = new VoteFit(Name, options, terms, new LogitLikelihood(terms, Covariates(slots, width), width), Ridge(n + width));
        diagnosis = plain.Maximise(new double[n]) ?? fit.Maximise([.. plain.X, .. new double[width]]);
        if (diagnosis is null && options.Ridge <= 0 && fit.Conditioning() < LeastCurvature)
        {
            diagnosis = new Diagnosis.Unidentified("what a display slot is worth and how strong the competitors are that stood in it");
        }

        if (diagnosis is not null)
        {
            return false;
        }

        plain.Spread();
        fit.Spread();
        SlotPropensity[] propensities = Propensities(fit, n, width);
        standings = new PositionBiasStandings
        {
            Corrected = fit.ToStandings([.. propensities.Select(s => new Coefficient($"slot {s.Slot}", s.Propensity, s.Low, s.High))], []),
            Uncorrected = plain.ToStandings([], []),
            Slots = propensities,
            InverseWeighted = Weigh(ballots, propensities),
        };
        return true;

        double[] Ridge(int parameters)
        {
            double[] ridge = options.Ridge > 0 ? new double[parameters] : [];
            Array.Fill(ridge, options.Ridge);
            return ridge;
        }
    }

    /// <summary>Display slot of a ballot's slot; of a pairwise vote without one, 0 for the competitor named first.</summary>
    private static int SlotOf(in Ballot ballot, int slot) =>
        ballot.DisplaySlot(slot) is >= 0 and var known ? known : ballot.Competitors[slot] == ballot.First ? 0 : 1;

    private static Diagnosis? SlotsUnknown(Ballots ballots)
    {
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            if (ballot.Length > 0 && ballot.DisplaySlot(0) < 0 && ballot.Kind != BallotKind.Pairwise)
            {
                return new Diagnosis.UnsuitableBallot(b, "the display slots (BallotsBuilder.ShownInOrder), or to be a pairwise vote");
            }
        }

        return null;
    }

    /// <summary>Effect coding: the last slot is minus the sum of the others.</summary>
    private static double[] Covariates(List<(int First, int Second)> slots, int width)
    {
        var values = new double[slots.Count * width];
        for (int t = 0; t < slots.Count; t++)
        {
            Add(t, slots[t].First, 1);
            Add(t, slots[t].Second, -1);
        }

        return values;

        void Add(int term, int slot, double sign)
        {
            Span<double> row = values.AsSpan(term * width, width);
            if (slot < width)
            {
                row[slot] += sign;
                return;
            }

            foreach (ref double value in row)
            {
                value -= sign;
            }
        }
    }

    private static SlotPropensity[] Propensities(VoteFit fit, int n, int width)
    {
        (double sum, double variance) = (0, 0);
        for (int s = n; s < n + width; s++)
        {
            sum -= fit.X[s];
            for (int t = n; t < n + width; t++)
            {
                variance += fit.Covariance[s, t];
            }
        }

        return
        [
            .. Enumerable.Range(0, width).Select(s => Of(s, fit.X[n + s], fit.Covariance[n + s, n + s])),
            Of(width, sum, variance),
        ];

        SlotPropensity Of(int slot, double gamma, double spread) => fit.HalfWidth(spread, fit.Freedom) is var half
            ? new SlotPropensity(slot, Math.Exp(gamma), Math.Exp(gamma - half), Math.Exp(gamma + half))
            : default!;
    }

    private static Ballots? Weigh(Ballots ballots, SlotPropensity[] slots)
    {
        var weights = new double[ballots.Count];
        (double before, double after) = (0, 0);
        for (int b = 0; b < weights.Length; b++)
        {
            Ballot ballot = ballots[b];
            bool tie = ballot.Tiers == 1;
            if (ballot.Length > 2 && (ballot.Kind != BallotKind.TopOne || tie))
            {
                return null;
            }

            double inverse = ballot.Length == 0 ? 1 : 1 / slots[SlotOf(ballot, 0)].Propensity;
            inverse = tie && ballot.Length == 2 ? (inverse + 1 / slots[SlotOf(ballot, 1)].Propensity) / 2 : inverse;
            weights[b] = ballot.Weight * inverse;
            (before, after) = (before + ballot.Weight, after + weights[b]);
        }

        return ballots.WithWeights([.. weights.Select(w => w * before / after)]);
    }
}
