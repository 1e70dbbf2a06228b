using Microsoft.Extensions.Configuration;

namespace Arena.Data.Embedded;

/// <summary>Which data a command works on.</summary>
/// <param name="Postgres">The embedded server; its data folder also holds blobs and keys.</param>
/// <param name="ConnectionString">A server of the user's own (<c>ConnectionStrings:Arena</c>); then the embedded one is not started.</param>
public sealed record DataCommandOptions(EmbeddedPostgresOptions Postgres, string? ConnectionString)
{
    public static DataCommandOptions From(IConfiguration configuration, string contentRoot)
        => new(EmbeddedPostgresOptions.From(configuration, contentRoot), configuration.GetConnectionString("Arena") is { Length: > 0 } own ? own : null);
}
