using Arena.Application.Notices;
using Arena.Web.Caching;
using Microsoft.AspNetCore.SignalR;

namespace Arena.Web.Live;

/// <summary>What a notice does on this node: kept pages are forgotten, then open ones are told to read again.</summary>
internal sealed class NoticeBroadcast(PublicPageCache cache, IHubContext<NoticeHub> hub) : INoticeReceiver
{
    public async Task ReceiveAsync(BoardNotice notice, CancellationToken cancellationToken)
    {
        await cache.EvictAsync(PublicPageCache.Board(notice.Board), cancellationToken);
        await EvictListsAsync(cancellationToken);
        await hub.Clients.Group(NoticeHub.GroupOf(notice.Board)).SendAsync(NoticeHub.Changed, notice, cancellationToken);
    }

    public async Task ReceiveGapAsync(CancellationToken cancellationToken)
    {
        await cache.EvictEveryBoardAsync(cancellationToken);
        await EvictListsAsync(cancellationToken);
        await hub.Clients.All.SendAsync(NoticeHub.Gap, cancellationToken);
    }

    private async Task EvictListsAsync(CancellationToken cancellationToken)
    {
        foreach (var tag in new[] { PublicPageCache.Boards, PublicPageCache.Entries, PublicPageCache.Suites })
        {
            await cache.EvictAsync(tag, cancellationToken);
        }
    }
}
