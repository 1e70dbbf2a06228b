using System.Collections.Concurrent;
using Arena.Application.Suites;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Ids;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>What a voter looks at: an entry's output on a sample, and the sample itself. The only way by which an open arena's outputs leave the database.</summary>
public sealed class BattleOutputs(NpgsqlDataSource database, IDbContextFactory<ArenaDbContext> contexts, SuiteCatalog suites, IBlobStore blobs)
{
    /// <summary>Outputs kept in memory, ready to show.</summary>
    private const int Kept = 1000;

    private const int KeptSuites = 8;

    private readonly ConcurrentDictionary<(RunId Run, int Sample), ShownContent> outputs = new();
    private readonly ConcurrentDictionary<SuiteVersionId, SuiteDefinition> definitions = new();

    /// <summary>What an entry made of a sample.</summary>
    /// <exception cref="InvalidOperationException">The run has no output for the sample, or the suite's family is not one that people judge.</exception>
    public async Task<ShownContent> OutputAsync(ArenaContent arena, int contestant, int sample, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        var run = arena.Contestants[contestant].Run;
        if (outputs.TryGetValue((run, sample), out var kept))
        {
            return kept;
        }

        var shown = await ReadAsync(arena.SuiteVersion, run, sample, cancellationToken);
        if (outputs.Count >= Kept)
        {
            outputs.Clear();
        }

        return outputs[(run, sample)] = shown;
    }

    /// <summary>What the entries were asked; null when the family shows nothing of it.</summary>
    public async Task<ShownContent?> InputAsync(ArenaContent arena, int sample, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        var suite = await suites.FindAsync(arena.SuiteVersion, cancellationToken);
        if (!definitions.TryGetValue(arena.SuiteVersion, out var definition))
        {
            definition = await LoadAsync(arena.SuiteVersion, cancellationToken);
            if (definitions.Count >= KeptSuites)
            {
                definitions.Clear();
            }

            definitions[arena.SuiteVersion] = definition;
        }

        return suite.Family.ShowInput(definition, sample);
    }

    private async Task<ShownContent> ReadAsync(SuiteVersionId suiteVersion, RunId run, int sample, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await context.Runs.Where(row => row.Id == run).Select(row => new { row.EntryVersion!.OutputName, row.EntryVersion.OutputKind }).SingleAsync(cancellationToken);
        await using var command = database.CreateCommand("""
            select chunk.payload
            from jobs join output_chunks chunk on chunk.job_id = jobs.id and chunk.attempt = jobs.attempt
            where jobs.run_id = $1 and jobs.state = 'Done' and chunk.first_ordinal <= $2 and chunk.first_ordinal + chunk.count > $2
            """);
        command.Parameters.Add(new() { Value = run.Value });
        command.Parameters.Add(new() { Value = sample });
        if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] payload)
        {
            throw new InvalidOperationException($"Run {run.Value} has no output for sample {sample}.");
        }

        if (!PackedOutputs.TryRead(payload, out var chunk, out var error))
        {
            throw new InvalidDataException($"A stored chunk cannot be read: {error}");
        }

        var suite = await suites.FindAsync(suiteVersion, cancellationToken);
        var choice = new OutputChoice(version.OutputName, Enum.Parse<OutputKind>(version.OutputKind, ignoreCase: true));
        return suite.Family.ShowOutput(suite.Manifest.Task, choice, chunk, sample - chunk.FirstOrdinal)
            ?? throw new InvalidOperationException($"The family {suite.Manifest.Task.Family} has nothing that people can judge.");
    }

    private async Task<SuiteDefinition> LoadAsync(SuiteVersionId id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var archive = await context.SuiteVersions.Where(version => version.Id == id).Select(version => version.ArchiveSha256).SingleAsync(cancellationToken);
        await using var zip = blobs.Open(archive);
        return SuiteArchive.Load(zip) switch
        {
            SuiteLoad.Loaded loaded => loaded.Suite,
            SuiteLoad.Refused refused => throw new InvalidDataException($"Suite version {id.Value} was published by another Arena and cannot be read by this one: {string.Join(' ', refused.Errors)}"),
            _ => throw new InvalidOperationException("A suite was neither loaded nor refused."),
        };
    }
}
