namespace Arena.Application.Notices;

/// <summary>Is told of every notice that reaches this node: the web host evicts cached pages and tells open ones.</summary>
public interface INoticeReceiver
{
    Task ReceiveAsync(BoardNotice notice, CancellationToken cancellationToken);

    /// <summary>The connection was lost for a while: anything may have changed.</summary>
    Task ReceiveGapAsync(CancellationToken cancellationToken);
}
