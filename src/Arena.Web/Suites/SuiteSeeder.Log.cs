namespace Arena.Web.Suites;

internal sealed partial class SuiteSeeder
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no suites folder {Folder}: no suite was imported. Give one with --suites")]
    private partial void LogMissing(string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Imported suite {Slug} version {Version}: {Samples} samples, {Runs} runs queued")]
    private partial void LogImported(string slug, int version, int samples, int runs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database went away while suite {Slug} was imported; trying again")]
    private partial void LogAgain(Exception exception, string slug);

    [LoggerMessage(Level = LogLevel.Error, Message = "The suite in {Folder} was not imported; mend it and start again, or import it with './arena suite import':\n{Problems}")]
    private partial void LogRefused(string folder, string problems);
}
