using Arena.Application.Blobs;
using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Data;
using Arena.Data.Accounts;
using Arena.Data.Blobs;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Evaluation.Predictions;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Arena.Application.Predictions;

/// <summary>Takes in recorded predictions: checks who asks and every line, and makes them an entry's version with a finished run. All or nothing.</summary>
public sealed class PredictionIngest(
    IDbContextFactory<ArenaDbContext> contexts,
    IBlobStore blobs,
    SuiteCatalog suites,
    PredictionRecorder recorder,
    BoardChanges changes,
    AuditLog audit,
    TimeProvider time)
{
    private const int LongestName = 100;
    private const int LongestDescription = 4000;

    /// <summary>Takes in what an account hands in. The same again changes nothing.</summary>
    public async Task<PredictionResult> SubmitAsync(Guid account, PredictionSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await MaySubmitAsync(context, account, cancellationToken))
        {
            return new PredictionResult.NotAllowed("Only accounts that submit entries may hand in predictions. Ask an administrator for the role of a submitter.");
        }

        var newest = await context.SuiteVersions.AsNoTracking()
            .Where(version => version.Suite!.Slug == submission.Suite && version.RetiredAt == null)
            .OrderByDescending(version => version.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return new PredictionResult.NotFound();
        }

        var suite = await suites.FindAsync(newest.Id, cancellationToken);
        var samples = await context.Samples.Where(sample => sample.SuiteVersionId == newest.Id).OrderBy(sample => sample.Ordinal).Select(sample => sample.Name).ToListAsync(cancellationToken);
        var problems = FindProblems(submission, suite.Manifest);
        if (!RecordedPredictions.TryRead(suite.Manifest, samples, PredictionRecorder.FileName, submission.Content, out var predictions, out var errors))
        {
            problems.AddRange(errors.Select(error => error.ToString()));
        }

        if (problems.Count > 0 || predictions is null)
        {
            return new PredictionResult.Refused(problems);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var raw = (NpgsqlTransaction)transaction.GetDbTransaction();
        // two submissions to one entry at once would both take the next version
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection, raw) { Parameters = { new() { Value = "entry:" + submission.Entry } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var entry = await context.Entries.Include(entry => entry.Versions).SingleOrDefaultAsync(entry => entry.Slug == submission.Entry, cancellationToken);
        if (entry is null && await context.Suites.AnyAsync(other => submission.Entry.StartsWith(other.Slug + "-"), cancellationToken))
        {
            return new PredictionResult.Refused([$"Names that begin with a suite's and a hyphen are its baselines'. Choose another name than {submission.Entry}."]);
        }

        if (entry is not null && entry.OwnerId != account)
        {
            return new PredictionResult.NotAllowed($"The entry {submission.Entry} belongs to somebody else. Choose another name.");
        }

        if (entry is not null && entry.Kind != EntryKind.Predictions)
        {
            return new PredictionResult.Refused([$"The entry {submission.Entry} is no entry of recorded predictions. Choose another name."]);
        }

        var artifact = await blobs.PutAsync(context, submission.Content, time.GetUtcNow(), cancellationToken);
        var last = entry?.Versions.MaxBy(version => version.Number);
        if (last is { RetiredAt: null } && string.Equals(last.ArtifactSha256, artifact, StringComparison.Ordinal)
            && await context.Runs.Where(run => run.EntryVersionId == last.Id && run.SuiteVersionId == newest.Id).Select(run => (RunId?)run.Id).SingleOrDefaultAsync(cancellationToken) is { } known)
        {
            return new PredictionResult.Recorded(submission.Entry, last.Number, known, Created: false);
        }

        var version = Add(context, entry, account, submission, artifact);
        await context.SaveChangesAsync(cancellationToken);
        var run = await recorder.RecordAsync(context, raw, version, newest.Id, suite.Manifest, suite.Reference, predictions, cancellationToken);
        await audit.AppendAsync(connection, raw, account.ToString(), "predictions.submitted", "entry:" + submission.Entry, new { version = version.Number, suite = submission.Suite, suiteVersion = newest.Number, artifact }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.RunChangedAsync(run.Id, cancellationToken);
        return new PredictionResult.Recorded(submission.Entry, version.Number, run.Id, Created: true);
    }

    /// <summary>Any role lets an account submit, while it is not locked.</summary>
    private Task<bool> MaySubmitAsync(ArenaDbContext context, Guid account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (
            from user in context.Users
            join member in context.UserRoles on user.Id equals member.UserId
            join role in context.Roles on member.RoleId equals role.Id
            where user.Id == account && (user.LockoutEnd == null || user.LockoutEnd <= now) && RoleNames.All.Contains(role.Name)
            select user.Id).AnyAsync(cancellationToken);
    }

    private static List<string> FindProblems(PredictionSubmission submission, SuiteManifest manifest)
    {
        List<string> problems = [];
        if (!SuitePath.IsSlug(submission.Entry))
        {
            problems.Add("The entry's name in addresses needs 2 to 64 lower-case letters, digits and single hyphens, such as my-summariser.");
        }

        if (string.IsNullOrWhiteSpace(submission.Name) || submission.Name.Length > LongestName)
        {
            problems.Add($"The name needs 1 to {LongestName} characters.");
        }

        if (string.IsNullOrWhiteSpace(submission.Description) || submission.Description.Length > LongestDescription)
        {
            problems.Add($"The description needs 1 to {LongestDescription} characters: say what the system is and how it was run.");
        }

        if (submission.Content.Length > (long)manifest.Limits.ModelMebibytes << 20)
        {
            problems.Add($"The file has {submission.Content.Length} bytes, more than the suite's limit of {manifest.Limits.ModelMebibytes} MiB. Make it smaller.");
        }

        return problems;
    }

    private EntryVersion Add(ArenaDbContext context, Entry? entry, Guid account, PredictionSubmission submission, string artifact)
    {
        var now = time.GetUtcNow();
        if (entry is null)
        {
            entry = new() { Id = new(Guid.CreateVersion7(now)), Slug = submission.Entry, Name = submission.Name, Kind = EntryKind.Predictions, OwnerId = account, CreatedAt = now };
            context.Entries.Add(entry);
        }

        entry.Name = submission.Name;
        var version = new EntryVersion
        {
            Id = new(Guid.CreateVersion7(now)),
            EntryId = entry.Id,
            Number = entry.Versions.Select(each => each.Number).DefaultIfEmpty().Max() + 1,
            ArtifactSha256 = artifact,
            Preprocessing = "",
            OutputName = RecordedPredictions.Choice.Name,
            OutputKind = OutputKinds.Name(RecordedPredictions.Choice.Kind),
            Card = new() { Description = submission.Description, Licence = submission.Licence },
            CreatedAt = now,
        };
        context.EntryVersions.Add(version);
        return version;
    }
}
