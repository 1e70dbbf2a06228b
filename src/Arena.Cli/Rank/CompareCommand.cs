using System.CommandLine;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Cli.Rank.Output;
using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary><c>arena rank compare FILE --methods …</c>: what several methods make of the same votes or scores, side by side.</summary>
internal static class CompareCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var shared = new RankOptions();
        var methods = new Option<string>("--methods") { Description = "Methods with commas between. Default: all that can rank this input" };
        var command = new Command("compare", "Puts methods side by side, with the correlations of their orders");
        shared.AddTo(command);
        command.Add(methods);
        command.SetAction((parsed, cancellationToken) => RankCommand.Guarded(surroundings, () =>
        {
            string[] named = (parsed.GetValue(methods) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            RankMethod[] chosen = [.. named.Select(n => RankMethods.Find(n) ?? throw new RefusedException("--methods names methods, not auto."))];
            // what only some of them know (ties, a prior, kinds of intervals) is left out for the others
            RankSettings settings = shared.Settings(parsed);
            var progress = new RankProgress(surroundings, shared.Progress(parsed));
            RankInput input = RankCommand.Read(shared.Input(parsed), surroundings, progress, cancellationToken);
            Comparison comparison = Compare(chosen, input, settings, progress, cancellationToken);
            return shared.Format(parsed) switch
            {
                "json" => ComparisonOutput.ToJson(comparison, input.Names),
                "csv" => ComparisonOutput.ToCsv(comparison, input.Names),
                _ => ComparisonOutput.Table(comparison, input.Names, input.Notes),
            };
        }));
        return command;
    }

    private static Comparison Compare(RankMethod[] chosen, RankInput input, RankSettings settings, RankProgress progress, CancellationToken cancellationToken)
    {
        bool all = chosen.Length == 0;
        var boards = new List<(RankMethod Method, Standings Board)>();
        var refused = new List<(RankMethod Method, string Reason)>();
        foreach (RankMethod method in all ? RankMethods.All.Where(m => input is RankInput.Scores || m.Input.HasFlag(MethodInput.Votes)) : chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RankSettings own = settings with
            {
                Ties = method.HasTieModels ? settings.Ties : TieModel.Half,
                Prior = method.HasPrior ? settings.Prior : 0,
                Intervals = IntervalChoice.None,
            };
            try
            {
                boards.Add((method, RankCommand.Fit(method, input, own, progress).Board));
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
}
