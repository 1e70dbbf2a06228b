using System.Globalization;
using System.Security.Cryptography;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation;

namespace Arena.Tests.Support;

/// <summary>A host with the arena of the suite of pictures, whose entries have answered a few samples with one grey each.</summary>
internal static class PictureArena
{
    public const string Slug = "upscaling";

    public const int Samples = 4;

    private const int Side = 160;

    public static async Task<TestArena> StartAsync(PostgresFixture postgres, params string[] settings)
    {
        var host = await TestArena.StartAsync(postgres, null, [OpenArena.NoHaste, .. settings]);
        await host.Get<SuiteImporter>().ImportAsync(UpscalingSuite.Loaded.Value, "test", default);
        await host.ScalarAsync("update runs set state = 'Finished', ended_at = now()");
        await host.ScalarAsync("update jobs set state = 'Done', attempt = 1");
        List<(long Job, string Output)> jobs = [];
        await using (var read = host.Database.CreateCommand("""
            select jobs.id, version.output_name from jobs
            join runs on runs.id = jobs.run_id join entry_versions version on version.id = runs.entry_version_id
            where jobs.first_ordinal = 0 order by jobs.id
            """))
        {
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                jobs.Add((reader.GetInt64(0), reader.GetString(1)));
            }
        }

        foreach (var (job, output) in jobs)
        {
            var pixels = new byte[Samples * Side * Side * 3];
            Array.Fill(pixels, (byte)(20 * jobs.FindIndex(one => one.Job == job)));
            var payload = PackedOutputs.Encode(new OutputChunk(0, Samples, [new OutputTensor(output, TensorElementType.UInt8, TensorShape.Create([Side, Side, 3]), pixels)]));
            await using var insert = host.Database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"insert into output_chunks (job_id, attempt, first_ordinal, count, digest, payload) values ({job}, 1, 0, {Samples}, $1, $2)"));
            insert.Parameters.Add(new() { Value = SHA256.HashData(payload) });
            insert.Parameters.Add(new() { Value = payload });
            await insert.ExecuteNonQueryAsync();
        }

        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().SetSamplesAsync("test", Slug, [.. Enumerable.Range(0, Samples)], default));
        return host;
    }
}
