using Arena.Application.Suites;
using Arena.Evaluation.Suites;

namespace Arena.Web.Suites;

/// <summary>At start, imports every suite of the suites folder; the same content is a no-op.</summary>
internal sealed partial class SuiteSeeder(SuiteImporter importer, SuiteFolderSetting setting, ILogger<SuiteSeeder> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Directory.Exists(setting.Path))
        {
            LogMissing(setting.Path);
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(setting.Path).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, SuiteManifest.FileName)))
            {
                continue;
            }

            switch (await Task.Run(() => SuiteFolder.Load(folder), stoppingToken))
            {
                case SuiteLoad.Loaded loaded:
                    var imported = await importer.ImportAsync(loaded.Suite, "system", stoppingToken);
                    if (imported.Created)
                    {
                        LogImported(imported.Slug, imported.Version, imported.Samples, imported.RunsQueued);
                    }

                    break;
                case SuiteLoad.Refused refused:
                    // one broken folder must not keep the others, or the host, from starting
                    LogRefused(folder, refused.ToString());
                    break;
            }
        }
    }
}
