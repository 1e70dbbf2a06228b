using System.Globalization;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// While somebody has fewer than <see cref="Placement"/> comparisons, a share of the slates places a newcomer: one of those
/// with the fewest comparisons, against established competitors drawn with weight N(Δμ; 0, σ² + σ_q² + 8/π) in units of
/// log-odds: all over the board as long as the newcomer could be anywhere, and closer as it is known better. The other slates
/// are the inner policy's.
/// </summary>
public sealed class NewcomerMatchmaker(IMatchmaker inner) : IMatchmaker
{
    private readonly IMatchmaker _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Comparisons after which a competitor is established, 1 or more. Default: 20.</summary>
    public int Placement
    {
        get;
        init => field = Require.AtLeast(value, 1, "The placement takes 1 comparison or more, such as 20.");
    } = 20;

    /// <summary>Share of slates given to newcomers while there are any, inside (0, 1]. Default: 0.5.</summary>
    public double Share
    {
        get;
        init => field = Require.That(value, value is > 0 and <= 1, "The share lies above 0 and up to 1, such as 0.5.");
    } = 0.5;

    /// <inheritdoc/>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"newcomer(placement={Placement},share={Share:R};{_inner.Version})");

    /// <inheritdoc/>
    public void Draw(in MatchRequest request, Span<int> slate)
    {
        SlateRules.CheckSize(request.State, slate.Length);
        Xoshiro256 random = request.Random();
        if (HasNewcomer(request.State) && random.NextDouble() < Share)
        {
            new PlacementPolicy(Placement).Draw(request.Inner(), slate);
        }
        else
        {
            _inner.Draw(request.Inner(), slate);
        }
    }

    /// <inheritdoc/>
    public SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate)
    {
        SlateProbability inner = _inner.Probability(request.Inner(), slate);
        return HasNewcomer(request.State)
            ? new PlacementPolicy(Placement).Probability(request.Inner(), slate).Mix(Share, inner)
            : inner;
    }

    private bool HasNewcomer(MatchState state)
    {
        ReadOnlySpan<int> comparisons = state.Comparisons.Span;
        for (int i = 0; i < comparisons.Length; i++)
        {
            if (comparisons[i] < Placement && state.IsAvailable(i))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class PlacementPolicy(int placement) : SequentialMatchmaker
    {
        public override string Version => "placement";

        protected override void LogWeights(in MatchStep step, Span<double> logWeights)
        {
            MatchState state = step.State;
            ReadOnlySpan<int> comparisons = state.Comparisons.Span;
            if (step.Chosen.IsEmpty)
            {
                for (int i = 0; i < logWeights.Length; i++)
                {
                    logWeights[i] = -comparisons[i];
                }

                BestOnly.Keep(step.Open, logWeights);
                return;
            }

            // a second newcomer tells nothing about where the first stands; only where too few are established
            bool established = false;
            for (int i = 0; i < logWeights.Length; i++)
            {
                established |= step.Open[i] && comparisons[i] >= placement;
            }

            int pivot = step.Chosen[0];
            for (int i = 0; i < logWeights.Length; i++)
            {
                double difference = (state.Mean.Span[i] - state.Mean.Span[pivot]) / state.Unit;
                double variance = i == pivot ? 0 : state.DifferenceVariance(pivot, i);
                logWeights[i] = established && comparisons[i] < placement
                    ? double.NegativeInfinity
                    : -0.5 * difference * difference / (variance + 8 / Math.PI) - 0.5 * Math.Log(variance + 8 / Math.PI);
            }
        }
    }
}
