using System.Globalization;
using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>Standings and progress of one board.</summary>
public sealed partial class BoardLive
{
    [Parameter, EditorRequired]
    public required LeaderboardView Board { get; set; }

    /// <summary>Which method is shown; null or unknown: the leading one.</summary>
    [Parameter]
    public string? Method { get; set; }

    /// <summary>The stamp of the board, read before the data.</summary>
    [Parameter]
    public string? Stamp { get; set; }

    /// <summary>An old version: the runs of today do not belong to it.</summary>
    [Parameter]
    public bool Archived { get; set; }

    private MethodStandings? Leading => Board.Content is { Methods: [var leading, ..] } ? leading : null;

    private MethodStandings? Chosen =>
        Board.Content?.Methods.FirstOrDefault(each => string.Equals(each.Method, Method, StringComparison.Ordinal)) ?? Leading;

    /// <summary>Live ratings are of the leading method's likelihood, and of no other.</summary>
    private MethodStandings? Shown => Chosen is { } chosen && chosen == Leading && Board.Live is { } live && !Archived ? LiveStandings.Apply(chosen, live) : Chosen;

    private MethodStandings? Other => Board.Content?.Methods.FirstOrDefault(each => each != Chosen && each.Standings.Count > 0);

    private string Permalink => Address("/leaderboards/", Shown?.Method, Board.Version);

    private string JsonHref => Address("/api/v1/leaderboards/", Shown?.Method, Archived ? Board.Version : null);

    private string HrefOf(string method) => Address("/leaderboards/", method, Archived ? Board.Version : null);

    private string Address(string root, string? method, long? version)
    {
        var query = new List<string>();
        if (method is not null && !string.Equals(method, Leading?.Method, StringComparison.Ordinal))
        {
            query.Add("method=" + Uri.EscapeDataString(method));
        }

        if (version is { } number)
        {
            query.Add("version=" + number.ToString(CultureInfo.InvariantCulture));
        }

        return root + Board.Slug + (query.Count == 0 ? "" : "?" + string.Join('&', query));
    }
}
