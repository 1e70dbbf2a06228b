using System.Net;

namespace Arena.Worker.Server;

/// <summary>No answer, or one that may be another the next time: ask again.</summary>
/// <param name="message">A sentence.</param>
/// <param name="isServerError">The server did answer, with an error of its own: it is there, and may well answer so for ever.</param>
/// <param name="retryAfter">What it asked for.</param>
internal sealed class ServerAwayException(string message, bool isServerError, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public bool IsServerError { get; } = isServerError;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>410: the lease is another's now, or the run is over. Whatever was done for it is dropped.</summary>
internal sealed class LeaseOverException() : Exception("The lease is over.");

/// <summary>The server understood and refuses: asking again would change nothing.</summary>
/// <param name="status">4xx.</param>
/// <param name="message">A sentence with the server's own reason.</param>
internal sealed class ServerRefusalException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
