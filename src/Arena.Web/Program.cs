using Arena.Application.Entries;
using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Application.Workers;
using Arena.Data;
using Arena.Migrations;
using Arena.Web;
using Arena.Web.Accounts;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddArenaWeb(builder.Configuration["Arena:Keys"] ?? Path.Combine(builder.Environment.ContentRootPath, ".arena", "keys"));
builder.Services.AddDbContextFactory<ArenaDbContext>(options => options.UseArena(builder.Configuration.GetConnectionString("Arena")!));
builder.Services.AddSingleton<LeaderboardQueries>().AddSingleton<EntryQueries>().AddSingleton<SuiteQueries>().AddSingleton<WorkerQueries>().AddSingleton<AuditLog>();
await using var app = builder.Build();
app.UseArenaWeb();
app.MapArenaWeb();
app.MapGet("/dev/tick", async (Arena.Web.Caching.PublicPageCache cache, Microsoft.AspNetCore.SignalR.IHubContext<Arena.Web.Live.NoticeHub> hub) => { FakeData.Tick++; await cache.EvictAsync("board:digits"); await Microsoft.AspNetCore.SignalR.ClientProxyExtensions.SendAsync(hub.Clients.Group("board:digits"), "changed", new { board = "digits", version = 41, revision = FakeData.Tick }); return FakeData.Tick; });
await using (var scope = app.Services.CreateAsyncScope()) { await scope.ServiceProvider.GetRequiredService<ArenaDbContext>().Database.MigrateAsync(); }
await app.StartAsync();
await app.AnnounceFirstAdministratorAsync(default);
await app.WaitForShutdownAsync();
