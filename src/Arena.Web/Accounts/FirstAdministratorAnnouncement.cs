using Arena.Application.Accounts;

namespace Arena.Web.Accounts;

/// <summary>Prints the first administrator's link while there is no administrator.</summary>
public static class FirstAdministratorAnnouncement
{
    /// <summary>
    /// Call it when the server listens and the database is migrated. It also makes the roles.
    /// The secret stands behind the # of the link: a browser keeps that to itself, so it reaches no access log.
    /// </summary>
    public static async Task AnnounceFirstAdministratorAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        string? secret;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            secret = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().PrepareAsync(cancellationToken);
        }

        if (secret is not null)
        {
            var address = Reachable(app.Urls.FirstOrDefault() ?? "http://localhost");
            // plain console, never a logger: logs are kept, shipped and read by others
            await Console.Out.WriteLineAsync(
                $"""

                There is no administrator yet. Open this link within an hour to make the first one (a new one is printed at each start):
                  {address}/account/first-administrator#{secret}

                """.AsMemory(),
                cancellationToken);
        }
    }

    /// <summary>An address that listens on every interface is no address to open.</summary>
    internal static string Reachable(string url)
    {
        foreach (var wildcard in (ReadOnlySpan<string>)["//0.0.0.0", "//[::]", "//+", "//*"])
        {
            url = url.Replace(wildcard, "//localhost", StringComparison.Ordinal);
        }

        return url.TrimEnd('/');
    }
}
