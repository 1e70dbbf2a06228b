using Arena.Application.Suites;
using Arena.Data;
using Arena.Evaluation.Suites;

namespace Arena.Web.Suites;

/// <summary>At start, imports every suite of the suites folder; the same content is a no-op.</summary>
internal sealed partial class SuiteSeeder(SuiteImporter importer, SuiteFolderSetting setting, TimeProvider time, ILogger<SuiteSeeder> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

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
                    var imported = await ImportAsync(loaded.Suite, stoppingToken);
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

    private async Task<SuiteImported> ImportAsync(SuiteDefinition suite, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                return await importer.ImportAsync(suite, "system", stoppingToken);
            }
            catch (Exception e) when (DatabaseTrouble.Is(e))
            {
                // all or nothing: nothing of it is there, so the whole is tried again
                LogAgain(e, suite.Manifest.Slug);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }
}
