using System.Security.Claims;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Arena.Web.Components.Admin;

/// <summary>One arena: settings, entries, samples, open and close.</summary>
public sealed partial class ArenaAdminPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly Dictionary<int, (int? Best, int? Worst)> halfGold = [];
    private ArenaDetails? arena;
    private ArenaForm form = new();

    /// <summary>What the form began with, and of which version: to tell what was typed since, and what others changed.</summary>
    private ArenaForm begun = new();

    private uint version;
    private IReadOnlyList<string> problems = [];
    private string? done;
    private bool busy;
    private bool loaded;

    [Parameter]
    public required string Slug { get; set; }

    [Inject]
    public required ArenaQueries Arenas { get; init; }

    [Inject]
    public required ArenaAdministration Administration { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> State { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin"), ("Arenas", "/admin/arenas")];

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        Begin();
    }

    private async Task LoadAsync()
    {
        arena = await Arenas.DetailsAsync(Slug, closed.Token);
        loaded = true;
    }

    /// <summary>Fills the form with what is stored.</summary>
    private void Begin()
    {
        if (arena is not null)
        {
            (begun, version) = (ArenaForm.Of(arena.Settings), arena.Version);
            form = begun with { };
        }
    }

    private async Task SaveAsync()
    {
        var saved = await ChangeAsync("Saved.", actor => Administration.UpdateAsync(actor, Slug, form.ToSettings(), version, closed.Token));
        if (saved is not ArenaChange.Refused)
        {
            Begin();
        }
    }

    private Task SetStateAsync(ArenaState state) => ChangeAsync(
        state == ArenaState.Open ? "Open: people can vote." : "Closed: nobody votes any more, and the board stays.",
        actor => Administration.SetStateAsync(actor, Slug, state, closed.Token));

    private Task SetWithdrawnAsync(ContestantDetails contestant) => ChangeAsync(
        contestant.Withdrawn ? $"{contestant.Name} competes again." : $"{contestant.Name} is drawn no more; its ballots stay.",
        actor => Administration.SetWithdrawnAsync(actor, Slug, contestant.Ordinal, !contestant.Withdrawn, closed.Token));

    private Task AddAsync(CandidateDetails candidate) => ChangeAsync($"{candidate.Name} competes.", actor => Administration.AddContestantsAsync(actor, Slug, [candidate.EntryVersion], closed.Token));

    private Task SetSampleAsync(VotingSampleDetails sample, bool chosen)
    {
        var ordinals = arena!.Samples.Where(row => row.Ordinal == sample.Ordinal ? chosen : row.Chosen).Select(row => row.Ordinal).ToList();
        return ChangeAsync(chosen ? $"{sample.Name} is voted on." : $"{sample.Name} is voted on no more.", actor => Administration.SetSamplesAsync(actor, Slug, ordinals, closed.Token));
    }

    /// <summary>A gold item needs both: until then the choice is only remembered here.</summary>
    private async Task SetGoldAsync(VotingSampleDetails sample, int? best, int? worst)
    {
        var kept = halfGold.GetValueOrDefault(sample.Ordinal);
        (best, worst) = (best ?? (sample.GoldBest is null ? kept.Best : null), worst ?? (sample.GoldWorst is null ? kept.Worst : null));
        if ((best is null) == (worst is null))
        {
            halfGold.Remove(sample.Ordinal);
            await ChangeAsync(best is null ? $"{sample.Name} is an ordinary sample." : $"{sample.Name} is a gold item.", actor => Administration.SetGoldAsync(actor, Slug, sample.Ordinal, best, worst, closed.Token));
        }
        else if (sample.GoldBest is not null)
        {
            await ChangeAsync($"{sample.Name} is an ordinary sample.", actor => Administration.SetGoldAsync(actor, Slug, sample.Ordinal, null, null, closed.Token));
        }
        else
        {
            halfGold[sample.Ordinal] = (best, worst);
            (done, problems) = ("Choose the other one too: a gold item names the entry that belongs first and one that belongs below it.", []);
        }
    }

    private async Task<ArenaChange> ChangeAsync(string sentence, Func<string, Task<ArenaChange>> change)
    {
        busy = true;
        (done, problems) = (null, []);
        try
        {
            var changed = await change((await State).User.FindFirstValue(ClaimTypes.NameIdentifier)!);
            await LoadAsync();
            // told only with what it is about: a render in between would show the message beside the old settings
            (done, problems) = changed switch
            {
                ArenaChange.Done => (sentence, problems),
                ArenaChange.Refused refused => (null, refused.Problems),
                ArenaChange.Outdated => (null, ["Somebody else changed this arena meanwhile. What you see now is theirs; make your change again."]),
                _ => (null, ["This arena is gone."]),
            };
            if (form == begun)
            {
                Begin();
            }
            else if (arena is not null && ArenaForm.Of(arena.Settings) == begun)
            {
                version = arena.Version; // what is typed and not saved stays, and overwrites nobody's settings
            }

            return changed;
        }
        finally
        {
            busy = false;
        }
    }

    private sealed record ArenaForm
    {
        public string Title { get; set; } = "";

        public string Question { get; set; } = "";

        public string Description { get; set; } = "";

        public int SlateSize { get; set; } = 2;

        public bool CrossSample { get; set; }

        public string Policy { get; set; } = MatchPolicies.Default;

        public double UniformShare { get; set; }

        public string Reasons { get; set; } = "";

        public bool AsksStrength { get; set; }

        public bool AsksAcceptable { get; set; }

        public bool CountsPrograms { get; set; }

        public double DelayHours { get; set; }

        public static ArenaForm Of(ArenaSettings settings) => new()
        {
            Title = settings.Title,
            Question = settings.Question,
            Description = settings.Description,
            SlateSize = settings.SlateSize,
            CrossSample = settings.CrossSample,
            Policy = settings.Policy,
            UniformShare = settings.UniformShare,
            Reasons = string.Join('\n', settings.Reasons),
            AsksStrength = settings.AsksStrength,
            AsksAcceptable = settings.AsksAcceptable,
            CountsPrograms = settings.CountsPrograms,
            DelayHours = settings.PublicationDelay.TotalHours,
        };

        public ArenaSettings ToSettings() => new()
        {
            Title = Title,
            Question = Question,
            Description = Description,
            SlateSize = SlateSize,
            CrossSample = CrossSample,
            Policy = Policy,
            UniformShare = UniformShare,
            Reasons = Reasons.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            AsksStrength = AsksStrength,
            AsksAcceptable = AsksAcceptable,
            CountsPrograms = CountsPrograms,
            PublicationDelay = TimeSpan.FromHours(DelayHours),
        };
    }
}
