using System.Globalization;

namespace Arena.Web.Workers;

/// <summary>Which program the local worker is.</summary>
/// <param name="Program">Path of Arena.Worker.dll, or null when none is wanted or found.</param>
/// <param name="Explanation">Why there is none.</param>
/// <param name="Cache">Where it keeps the files that it fetched.</param>
/// <param name="Name">What it is called on the workers' board: the same at every start of this host.</param>
internal sealed record LocalWorkerSettings(string? Program, string Explanation, string Cache, string Name)
{
    /// <summary>
    /// <c>Arena:LocalWorker:Enabled</c> (default: true) and <c>Arena:LocalWorker:Program</c> (default: beside this program in a clone,
    /// or in the folder <c>worker</c> of a published one).
    /// </summary>
    public static LocalWorkerSettings From(IConfiguration configuration, string dataFolder)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"local worker of {Environment.MachineName} ({dataFolder})");
        var cache = Path.Combine(dataFolder, "worker-cache");
        if (!configuration.GetValue("Arena:LocalWorker:Enabled", defaultValue: true))
        {
            return new(null, "it is switched off. Runs wait until a worker registers.", cache, name);
        }

        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string[] places = configuration["Arena:LocalWorker:Program"] is { Length: > 0 } given
            ? [Path.GetFullPath(given)]
            :
            [
                Path.Combine(here, "worker", "Arena.Worker.dll"),
                // src/Arena.Web/bin/Release/net10.0 → src/Arena.Worker/bin/Release/net10.0
                Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "Arena.Worker", "bin", Path.GetFileName(Path.GetDirectoryName(here))!, Path.GetFileName(here), "Arena.Worker.dll")),
            ];
        return Array.Find(places, File.Exists) is { } program
            ? new(program, "", cache, name)
            : new(null, $"there is no {string.Join(" and no ", places)}. Build src/Arena.Worker, or set Arena__LocalWorker__Program.", cache, name);
    }
}
