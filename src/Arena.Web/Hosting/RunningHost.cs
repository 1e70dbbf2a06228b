using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Arena.Web.Hosting;

/// <summary>A host that answers requests. Disposing it stops the web part first and the database last.</summary>
internal sealed record RunningHost(WebApplication App, DatabaseHost Database) : IAsyncDisposable
{
    /// <summary>Where it listens, with the port that the system chose when 0 was asked for.</summary>
    public IReadOnlyList<string> Addresses { get; } = [.. App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await Database.DisposeAsync();
    }
}
