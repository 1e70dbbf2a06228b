using Arena.Cli.Hosting;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary>What the commands under <c>rank</c> do alike: run to an exit code, write the result, explain what cannot be ranked.</summary>
internal static class RankRun
{
    /// <summary>How long work that was told to stop may take to clean up after itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a command, writes what it returns, and turns a refusal into its exit code. When cancelled it leaves at once, though a fit knows no stopping.</summary>
    public static async Task<int> GuardedAsync(CliSurroundings surroundings, string? file, Func<string> command, CancellationToken cancellationToken)
    {
        try
        {
            Task<string> work = Task.Run(command, cancellationToken);
            try
            {
                await work.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAny(work, Task.Delay(Grace, CancellationToken.None));
                cancellationToken.ThrowIfCancellationRequested();
            }

            await WriteAsync(await work, file, surroundings, cancellationToken);
            return CliExitCode.Done;
        }
        catch (RefusedException e)
        {
            await surroundings.Errors.WriteLineAsync(e.Message);
            return CliExitCode.Refused;
        }
    }

    /// <summary>Fits, or refuses with the diagnosis in the entries' own names.</summary>
    public static RankOutcome Fit(RankMethod method, RankInput input, RankSettings settings, RankProgress progress)
    {
        try
        {
            progress.Say($"fitting {method.Name}");
            return RankMethods.Fit(method, input, settings);
        }
        catch (RankingException e)
        {
            throw new RefusedException(DiagnosisText.Explain(e.Diagnosis, input.Names));
        }
    }

    private static async Task WriteAsync(string text, string? file, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await surroundings.Output.WriteLineAsync(text);
            return;
        }

        string path = Path.GetFullPath(file, surroundings.Folder), beside = path + ".part";
        try
        {
            await File.WriteAllTextAsync(beside, text + "\n", cancellationToken);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{file} cannot be written: {e.Message}");
        }
    }
}
