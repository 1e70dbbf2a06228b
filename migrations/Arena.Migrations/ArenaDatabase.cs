using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Migrations;

/// <summary>The settings that shape the model: the host and the migration tool must agree on them.</summary>
public static class ArenaDatabase
{
    private const string Assembly = "Arena.Migrations";

    public static void ConfigureStores(IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = 128;
    }

    public static DbContextOptionsBuilder UseArena(this DbContextOptionsBuilder options, NpgsqlDataSource database) =>
        options.UseNpgsql(database, npgsql => npgsql.MigrationsAssembly(Assembly));

    /// <summary>For the migration tool, which never connects.</summary>
    internal static DbContextOptionsBuilder UseArenaOffline(this DbContextOptionsBuilder options) =>
        options.UseNpgsql("Host=nowhere;Database=arena", npgsql => npgsql.MigrationsAssembly(Assembly));
}
