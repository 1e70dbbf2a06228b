using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Arena.Migrations;

/// <summary>The settings that shape the model: the host and the migration tool must agree on them.</summary>
public static class ArenaDatabase
{
    public static void ConfigureStores(IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = 128;
    }

    public static DbContextOptionsBuilder UseArena(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly("Arena.Migrations"));
}
