using System.Globalization;
using System.Text.Json;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Web.Voting;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Voting;

/// <summary>Where people vote. The first battle comes with the page; a script asks for the following ones ahead of time.</summary>
public sealed partial class VotePage
{
    private ArenaContent? arena;
    private ArenaSummary? summary;
    private string? battle;
    private string? notNow;

    [Inject]
    public required ArenaCatalog Arenas { get; init; }

    [Inject]
    public required ArenaQueries Queries { get; init; }

    [Inject]
    public required BattleDrawer Drawer { get; init; }

    [Inject]
    internal VoterCookie Cookies { get; init; } = null!;

    [Inject]
    internal BattleMedia Media { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string Slug { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private bool IsClosed => arena?.State == ArenaState.Closed;

    private string Size => arena!.SlateSize.ToString(CultureInfo.InvariantCulture);

    private string Reasons => JsonSerializer.Serialize(arena!.Reasons);

    protected override async Task OnInitializedAsync()
    {
        arena = await Arenas.FindAsync(Slug, Context.RequestAborted);
        summary = arena is null || arena.State == ArenaState.Draft ? null : await Queries.FindAsync(Slug, Context.RequestAborted);
        if (arena is null || summary is null)
        {
            Navigation.NotFound();
            return;
        }

        Context.Response.Headers.CacheControl = "no-store";
        if (summary.NotNow is { } reason)
        {
            notNow = reason;
            return;
        }

        var voter = Cookies.ReadOrIssue(Context);
        switch (await Drawer.DrawAsync(Slug, voter, Context.RequestAborted))
        {
            case DrawResult.Drawn drawn:
                // the serializer escapes < and &, so that no text can end the element
                battle = JsonSerializer.Serialize(await Media.DescribeAsync(arena, drawn, Context.RequestAborted), VotingEndpoints.SnakeCase);
                break;
            case DrawResult.NotNow now:
                notNow = now.Reason;
                break;
            case DrawResult.TooMany many:
                var seconds = Math.Ceiling(many.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                Context.Response.Headers.RetryAfter = seconds;
                notNow = $"You asked for very many battles within a minute. Load the page again in {seconds} s.";
                break;
        }
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
