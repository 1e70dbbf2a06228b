using System.Globalization;

namespace Arena.Ranking.Selection;

/// <summary>
/// Lets competitors rest that this voter saw lately: those on the latest slates of <see cref="MatchRequest.Recent"/> are left
/// out, as many slates back as leave enough competitors for a slate. Probabilities are those of the policy inside on the rest.
/// </summary>
/// <remarks>Slates then depend on what the voter saw, never on how they voted, so the likelihood stays ignorable.</remarks>
public sealed class FatigueMatchmaker(IMatchmaker inner) : IMatchmaker
{
    private readonly IMatchmaker _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Slates back for which a competitor rests, 0 or more. Default: 2.</summary>
    public int Rest
    {
        get;
        init => field = Require.AtLeast(value, 0, "The rest is 0 slates or more.");
    } = 2;

    /// <inheritdoc/>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"fatigue(rest={Rest};{_inner.Version})");

    /// <inheritdoc/>
    public void Draw(in MatchRequest request, Span<int> slate) => _inner.Draw(Rested(request, slate.Length), slate);

    /// <inheritdoc/>
    public SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate) =>
        _inner.Probability(Rested(request, slate.Length), slate);

    private MatchRequest Rested(in MatchRequest request, int slateSize)
    {
        MatchState state = request.State;
        SlateRules.CheckSize(state, slateSize);
        MatchRequest rested = request;
        if (request.Recent is { } recent)
        {
            var available = new bool[state.Competitors];
            state.Open(available);
            for (int back = 1; back <= Math.Min(Rest, recent.Count); back++)
            {
                foreach (int seen in recent[^back])
                {
                    if ((uint)seen >= (uint)available.Length)
                    {
                        throw new ArgumentException($"A recent slate names competitor {seen}, but there are {available.Length}.", nameof(request));
                    }

                    available[seen] = false;
                }

                MatchState fewer = state.Restrict(available);
                if (fewer.MostOnASlate < slateSize)
                {
                    break;
                }

                rested = request with { State = fewer };
            }
        }

        return rested.Inner();
    }
}
