using System.Text.RegularExpressions;
using Arena.Web.Caching;
using Microsoft.AspNetCore.SignalR;

namespace Arena.Web.Live;

/// <summary>
/// Tells viewers that something has changed, never what: they read it again. Open to everybody.
/// Sent: <c>changed</c> with <c>{ board, version, revision }</c>, to the group of the board, after <see cref="PublicPageCache.EvictAsync"/>.
/// </summary>
public sealed partial class NoticeHub(PublicPageCache cache) : Hub
{
    public const string Path = "/hubs/notices";

    /// <summary>The name of the message to viewers.</summary>
    public const string Changed = "changed";

    /// <summary>The name of the message that says: notices may have been missed, read again.</summary>
    public const string Gap = "gap";

    /// <summary>The group of those who watch a board.</summary>
    public static string GroupOf(string board) => PublicPageCache.Board(board);

    /// <summary>Watch one board from now on; a connection watches one board at a time.</summary>
    /// <returns>The stamp of the board now: a page that carries another one is out of date.</returns>
    public async Task<string> Watch(string board)
    {
        if (board is null || !Slug().IsMatch(board))
        {
            throw new HubException("That is not the name of a leaderboard.");
        }

        if (Context.Items.TryGetValue(nameof(Watch), out var before) && before is string group)
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
        }

        Context.Items[nameof(Watch)] = GroupOf(board);
        // first the group, then the stamp: a change in between is told twice rather than never
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(board), Context.ConnectionAborted);
        return cache.StampOf(PublicPageCache.Board(board));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Slug();
}
