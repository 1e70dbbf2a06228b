using System.Globalization;
using System.Net;
using System.Diagnostics;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>What a load balancer is told.</summary>
[Collection(QuietArena.Collection)]
public sealed class HealthTests(QuietArena quiet)
{
    [Fact]
    public async Task Health_PostgresHeldStill_IsLiveAndNotReadyUntilItGoesOn()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/health/live"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/health/ready"));
        var processes = quiet.Arena.FindPostgres();
        Assert.True(processes.Count > 1, "PostgreSQL has no process for a connection");
        await SignalAsync("-STOP", processes);
        try
        {
            await quiet.Arena.WaitAsync("the host to say that it is not ready", TimeSpan.FromMinutes(1), async () => await AskAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, await AskAsync("/health/live"));
        }
        finally
        {
            await SignalAsync("-CONT", processes);
        }

        await quiet.Arena.WaitAsync("the host to be ready again", TimeSpan.FromMinutes(1), async () => await AskAsync("/health/ready") == HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var answer = await quiet.Arena.Client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))])!;
        await kill.WaitForExitAsync();
    }
}
