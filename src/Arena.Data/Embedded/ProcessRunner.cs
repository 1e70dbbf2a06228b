using System.Diagnostics;

namespace Arena.Data.Embedded;

internal sealed record ProcessOutcome(string Command, int ExitCode, string Output, string Error)
{
    public string Describe() => $"{Command} ended with {ExitCode}: {string.Join(' ', Error.Trim(), Output.Trim()).Trim()}";
}

/// <summary>Runs a short program to its end and keeps what it said.</summary>
internal static class ProcessRunner
{
    public static async Task<ProcessOutcome> TryRunAsync(ProcessStartInfo info, string? input, CancellationToken cancellationToken)
    {
        info.UseShellExecute = false;
        info.RedirectStandardOutput = info.RedirectStandardError = info.RedirectStandardInput = true;
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return new(info.FileName + " " + string.Join(' ', info.ArgumentList), process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <exception cref="ArenaDataException">The program ended with another code than 0; <paramref name="purpose"/> opens the message.</exception>
    public static async Task<string> RunAsync(ProcessStartInfo info, string purpose, CancellationToken cancellationToken)
    {
        var outcome = await TryRunAsync(info, input: null, cancellationToken);
        return outcome.ExitCode == 0 ? outcome.Output : throw new ArenaDataException($"{purpose}: {outcome.Describe()}");
    }
}
