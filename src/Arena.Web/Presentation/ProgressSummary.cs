using Arena.Application.Leaderboards;

namespace Arena.Web.Presentation;

/// <summary>How far the runs behind a board are, together.</summary>
/// <param name="Measured">Samples measured, over all runs that may still finish or have.</param>
/// <param name="Total">Samples to measure, likewise.</param>
internal sealed record ProgressSummary(int Runs, int Finished, int Running, int Queued, int Failed, int Cancelled, long Measured, long Total)
{
    public bool Settled => Running + Queued == 0;

    public static ProgressSummary Of(IReadOnlyList<RunProgress> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        int In(string state) => runs.Count(run => string.Equals(run.State, state, StringComparison.OrdinalIgnoreCase));
        // what failed or was cancelled will measure nothing more: with it the bar would never be full
        var live = runs.Where(run => !Ended(run)).ToList();
        return new ProgressSummary(
            runs.Count, In("finished"), In("running"), In("queued"), In("failed"), In("cancelled"), live.Sum(run => (long)run.Measured), live.Sum(run => (long)run.Total));
    }

    /// <summary><c>7 of 9 runs finished, 1 running, 1 failed</c>.</summary>
    public string Sentence()
    {
        if (Runs == 0)
        {
            return "No run is planned yet";
        }

        var parts = new List<string> { $"{Text.Count(Finished)} of {Text.Count(Runs, "run")} finished" };
        if (Running > 0)
        {
            parts.Add(Text.Count(Running) + " running");
        }

        if (Queued > 0)
        {
            parts.Add(Text.Count(Queued) + " waiting");
        }

        if (Failed > 0)
        {
            parts.Add(Text.Count(Failed) + " failed");
        }

        if (Cancelled > 0)
        {
            parts.Add(Text.Count(Cancelled) + " cancelled");
        }

        return string.Join(", ", parts);
    }

    private static bool Ended(RunProgress run) =>
        string.Equals(run.State, "failed", StringComparison.OrdinalIgnoreCase) || string.Equals(run.State, "cancelled", StringComparison.OrdinalIgnoreCase);
}
