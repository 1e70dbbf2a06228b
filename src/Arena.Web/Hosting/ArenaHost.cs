using Arena.Application;
using Arena.Application.Notices;
using Arena.Data;
using Arena.Data.Embedded;
using Arena.Migrations;
using Arena.Web.Accounts;
using Arena.Web.Live;
using Arena.Web.Suites;
using Arena.Web.Voting;
using Arena.Web.Workers;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Arena.Web.Hosting;

/// <summary>Puts the host together: database, use cases, web, local worker. What a person can mend ends with a sentence and exit code 1.</summary>
internal static class ArenaHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await StartAsync(args);
            await app.App.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Starts everything; the caller disposes it.</summary>
    public static async Task<RunningHost> StartAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        ListenAddresses.Check(builder.Configuration["urls"]);
        if (builder.Configuration.GetValue("Arena:Fresh", defaultValue: false))
        {
            var folder = EmbeddedPostgresOptions.From(builder.Configuration, builder.Environment.ContentRootPath).DataFolder;
            Console.WriteLine(DataFolder.MoveAside(folder, TimeProvider.System) is { } aside
                ? $"The old data is in {aside}"
                : $"There was no old data in {folder}");
        }

        using var loggers = LoggerFactory.Create(logging => logging.AddArenaConsole(builder.Configuration));
        var database = await DatabaseHost.StartAsync(builder, loggers, CancellationToken.None);
        WebApplication? app = null;
        try
        {
            app = await BuildAsync(builder, database);
            await app.StartAsync();
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            await database.DisposeAsync();
            throw;
        }

        var running = new RunningHost(app, database);
        Console.WriteLine($"Arena is ready: {string.Join(" and ", running.Addresses)}");
        await app.AnnounceFirstAdministratorAsync(CancellationToken.None);
        return running;
    }

    private static async Task<WebApplication> BuildAsync(WebApplicationBuilder builder, DatabaseHost database)
    {
        var services = builder.Services;
        var folder = database.Data.Path;
        PrivateFile.CreateFolder(database.Data.Keys);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(database.DataSource);
        services.AddDbContextFactory<ArenaDbContext>(options => options.UseArena(database.DataSource));
        services.AddArenaApplication(database.Data.Blobs);
        builder.AddArenaWeb(database.Data.Keys);

        services.AddSingleton<INoticeReceiver, NoticeBroadcast>();
        services.AddWorkerLimits();
        services.AddSingleton(LocalWorkerSettings.From(builder.Configuration, folder));
        services.AddHostedService<LocalWorker>();
        var token = new OperatorToken(folder);
        await token.WriteAsync(CancellationToken.None);
        services.AddSingleton(token);
        services.AddSingleton(new IncomingFolder(folder));
        services.AddSingleton(SuiteFolderSetting.From(builder.Configuration, builder.Environment.ContentRootPath));
        services.AddHostedService<SuiteSeeder>();

        var app = builder.Build();
        app.UseArenaWeb();
        app.MapArenaWeb();
        app.MapWorkers();
        app.MapSuites();
        app.MapReplays();
        return app;
    }

    /// <summary>A sentence for what a person can mend; null for what only a developer can, which keeps its stack trace.</summary>
    private static string? Explain(Exception e) => e switch
    {
        ArenaDataException or ListenAddressException => e.Message,
        IOException { InnerException: AddressInUseException } => $"{e.Message.TrimEnd('.')}. Stop the program that has it, or choose another port with --port.",
        NpgsqlException => $"The database that ConnectionStrings__Arena names cannot be used: {e.Message} Check that it runs, and that host, user and password are right.",
        System.Net.Sockets.SocketException socket => $"Arena cannot listen: {socket.Message}. Choose another address with --urls or another port with --port.",
        _ => null,
    };
}
