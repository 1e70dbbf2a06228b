using System.CommandLine;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Cli.Rank.Output;

namespace Arena.Cli.Rank;

/// <summary><c>arena rank compare FILE --methods …</c>: what several methods make of the same votes, scores or payoffs, side by side.</summary>
internal static class CompareCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var shared = new RankOptions();
        var methods = new Option<string>("--methods") { Description = "Methods with commas between. Default: all that can rank this input" };
        var command = new Command("compare", "Puts methods side by side, with the correlations of their orders and where they disagree most");
        shared.AddTo(command);
        command.Add(methods);
        command.SetAction((parsed, cancellationToken) => RankRun.GuardedAsync(surroundings, shared.Output(parsed), () =>
        {
            string[] named = (parsed.GetValue(methods) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            RankMethod[] chosen = [.. named.Select(n => RankMethods.Find(n) ?? throw new RefusedException("--methods names methods, not auto.")).DistinctBy(m => m.Name, StringComparer.Ordinal)];
            RankSettings settings = shared.Settings(parsed);
            if (settings.Ties != TieModel.Half)
            {
                throw new RefusedException("--ties is for one board. Name rao-kupper, davidson or davidson-luce among --methods.");
            }

            if (settings.Set.Count > 0 && chosen.Length != 1)
            {
                throw new RefusedException("--set changes the options of one method, and here are several. Rank by each apart, or compare without it.");
            }

            using var progress = new RankProgress(surroundings, shared.Quiet(parsed));
            RankInput input = InputReader.Read(shared.Input(parsed, chosen), surroundings, progress, cancellationToken);
            Comparison comparison = Compare(chosen, input, settings, progress, cancellationToken);
            return shared.Format(parsed) switch
            {
                "json" => ComparisonOutput.ToJson(comparison, input),
                "csv" => ComparisonOutput.ToCsv(comparison, input.Names),
                _ => ComparisonOutput.Table(comparison, input),
            };
        }, cancellationToken));
        return command;
    }

    private static Comparison Compare(RankMethod[] chosen, RankInput input, RankSettings settings, RankProgress progress, CancellationToken cancellationToken)
    {
        var boards = new List<RankedBy>();
        var refused = new List<(RankMethod Method, string Reason)>();
        foreach (RankMethod method in chosen.Length > 0 ? chosen : RankMethods.All.Where(m => RankMethods.Reads(m, input)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                RankOutcome outcome = RankRun.Fit(method, input, Own(method, settings), progress);
                boards.Add(outcome.Populations.Count == 0
                    ? new RankedBy(method, outcome.Board, outcome.Options)
                    : throw new RefusedException("There are several populations, each with an order of its own: rank by each method apart."));
            }
            catch (RefusedException e)
            {
                refused.Add((method, e.Message));
            }
        }

        return boards.Count > 0
            ? new Comparison(boards, refused)
            : throw new RefusedException(string.Join("\n", refused.Select(r => $"{r.Method.Name}: {r.Reason}")));
    }

    /// <summary>What only some methods know (a prior, kinds of intervals) is left out for the others; a bootstrap is drawn only where it was asked for.</summary>
    private static RankSettings Own(RankMethod method, RankSettings settings) => settings with
    {
        Prior = method.HasPrior ? settings.Prior : 0,
        Intervals = method.HasOwnIntervals && settings.Intervals != IntervalChoice.None ? IntervalChoice.Usual
            : settings.Intervals is IntervalChoice.Usual && method.Intervals.Contains(IntervalChoice.Sandwich) ? IntervalChoice.Sandwich
            : method.Intervals.Contains(settings.Intervals) ? settings.Intervals : IntervalChoice.None,
    };
}
