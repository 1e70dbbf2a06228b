using Arena.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Migrations;

/// <summary>For <c>dotnet ef</c>, so that making a migration never starts the host.</summary>
internal sealed class ArenaDbContextFactory : IDesignTimeDbContextFactory<ArenaDbContext>
{
    public ArenaDbContext CreateDbContext(string[] args)
    {
        var services = new ServiceCollection().Configure<IdentityOptions>(ArenaDatabase.ConfigureStores).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<ArenaDbContext>();
        options.UseApplicationServiceProvider(services).UseArenaOffline();
        return new ArenaDbContext(options.Options);
    }
}
