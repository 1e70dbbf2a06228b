namespace Arena.EndToEnd.Support;

/// <summary>A way of starting the host.</summary>
/// <param name="Program">Path of Arena.Web.dll; it is started from its own folder.</param>
/// <param name="Settings">Arguments beside the address and the data folder.</param>
/// <param name="Environment">ASPNETCORE_ENVIRONMENT.</param>
internal sealed record Launch(string Program, IReadOnlyList<string> Settings, string Environment = "Production")
{
    /// <summary>Settings of a host that evaluates nothing.</summary>
    public static IReadOnlyList<string> WithoutWorker { get; } = ["--Arena:LocalWorker:Enabled", "false"];
}
