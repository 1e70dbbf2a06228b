using Arena.Worker.Hosting;

namespace Arena.Worker.Server;

/// <summary>Repeats a request while the server is away. Everything in the protocol may be repeated.</summary>
internal sealed class Retry(WorkerPace pace, TimeProvider time, WorkerConsole console)
{
    /// <summary>Asks until there is an answer.</summary>
    /// <param name="what">What is being tried, to begin a sentence.</param>
    /// <param name="attempt">One request.</param>
    /// <param name="cancellationToken">Ends with the lease: a server that is away is waited for as long as the work may still count.</param>
    /// <exception cref="ServerAwayException">The server is there and answered with errors of its own, <see cref="WorkerPace.MostErrors"/> times.</exception>
    public async Task<T> UntilAnsweredAsync<T>(string what, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var errors = 0;
        for (var round = 0; ; round++)
        {
            try
            {
                var answer = await attempt(cancellationToken);
                if (round > 0)
                {
                    console.Say($"{what}: the server answers again");
                }

                return answer;
            }
            catch (ServerAwayException away) when (!away.IsServerError || ++errors < pace.MostErrors)
            {
                if (round == 0)
                {
                    console.Complain($"{what}: {away.Message} Trying again.");
                }

                await Task.Delay(away.RetryAfter is { } asked && asked < pace.MostDelay ? asked + pace.Delay(0) : pace.Delay(round), time, cancellationToken);
            }
        }
    }
}
