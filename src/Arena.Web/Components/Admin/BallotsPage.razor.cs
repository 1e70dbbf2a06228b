using System.Security.Claims;
using Arena.Application.Voting;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Arena.Web.Components.Admin;

/// <summary>Ballots that wait for a maintainer, and those that one has decided on.</summary>
public sealed partial class BallotsPage : IDisposable
{
    private const int Shown = 500;
    private const string Decided = "decided";

    private readonly CancellationTokenSource closed = new();
    private readonly HashSet<BattleId> chosen = [];
    private IReadOnlyList<ReviewedBallot>? ballots;
    private string note = "";
    private string? done;
    private bool busy;

    [Inject]
    public required BallotReview Review { get; init; }

    /// <summary>Which ones: <c>decided</c>, or else those that wait.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> State { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin")];

    private bool ShowsDecided => string.Equals(Show, Decided, StringComparison.Ordinal);

    private string Chosen => chosen.Count == 0 ? "" : Text.Count(chosen.Count);

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        chosen.Clear();
        done = null;
        await ReadAsync();
    }

    private async Task ReadAsync() => ballots = ShowsDecided ? await Review.DecidedAsync(Shown, closed.Token) : await Review.PendingAsync(Shown, closed.Token);

    private static string DoubtOf(string reason) => reason switch
    {
        EligibilityReason.TooFast => "faster than one can look",
        EligibilityReason.Burst => "burst from one network",
        EligibilityReason.MissedGold => "missed control battles",
        _ => reason,
    };

    /// <summary>Best first, tied ones with an equals sign.</summary>
    private static string OrderOf(ReviewedBallot ballot) =>
        string.Join(" › ", ballot.Places.GroupBy(place => place.Rank).Select(tier => string.Join(" = ", tier.Select(place => place.Name))));

    private void Choose(BattleId id, bool choose)
    {
        if (choose)
        {
            chosen.Add(id);
        }
        else
        {
            chosen.Remove(id);
        }
    }

    private void ChooseAll(bool choose)
    {
        chosen.Clear();
        if (choose)
        {
            chosen.UnionWith(ballots!.Select(ballot => ballot.Id));
        }
    }

    private void ChooseVoter(Guid voter) => chosen.UnionWith(ballots!.Where(ballot => ballot.Voter == voter).Select(ballot => ballot.Id));

    private async Task DecideAsync(bool counts)
    {
        busy = true;
        try
        {
            var actor = (await State).User.FindFirstValue(ClaimTypes.NameIdentifier)!;
            var decided = await Review.DecideAsync(actor, [.. chosen], counts, note.Trim(), closed.Token);
            done = $"{Text.Count(decided, "ballot")} {(counts ? (decided == 1 ? "counts" : "count") : (decided == 1 ? "does not count" : "do not count"))} from now on. The board follows within seconds.";
            chosen.Clear();
            note = "";
            await ReadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
