using System.CommandLine;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Cli.Rank.Output;
using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary><c>arena rank FILE</c>: standings out of anybody's votes, scores or payoffs.</summary>
internal static class RankCommand
{
    private const string Examples = """
        Ranks entries by votes, scores or payoffs in a file

        Examples:
          arena rank battles.json                              FastChat's columns; Bradley–Terry
          arena rank votes.csv --method elo --time date        in the order of a column
          arena rank votes.csv --columns a=left,b=right,winner=choice --cluster voter
          arena rank scores.csv --method bt --format json --output board.json
          arena rank votes.csv --covariates length=tokens_a/tokens_b    style control
          arena rank human.csv judge.csv                       two sources, tested for agreement
          arena rank payoffs.csv --method alpha-rank
          zcat votes.gz | arena rank -
          arena rank compare votes.csv --methods bt,elo,kemeny
          arena rank methods                                   all methods; methods NAME: its options

        Exit codes: 0 ranked, 2 refused with the reason on standard error, 130 interrupted.
        """;

    public static Command Create(CliSurroundings surroundings)
    {
        var shared = new RankOptions();
        var method = new Option<string>("--method", "-m") { Description = $"How to rank: {string.Join(", ", RankMethods.All.Select(m => m.Name))}. Default: bt for votes on two, pl for rankings, mean for scores, mixed-sources for several files, alpha-rank for payoffs", DefaultValueFactory = _ => RankMethods.Automatic };
        var command = new Command("rank", Examples);
        shared.AddTo(command);
        command.Add(method);
        command.SetAction((parsed, cancellationToken) => RankRun.GuardedAsync(surroundings, shared.Output(parsed), () =>
        {
            RankSettings settings = shared.Settings(parsed);
            RankMethod? chosen = RankMethods.Find(parsed.GetRequiredValue(method), settings.Ties);
            using var progress = new RankProgress(surroundings, shared.Quiet(parsed));
            InputSettings read = shared.Input(parsed, chosen is null ? [] : [chosen]) with { Count = Counting(chosen, settings) };
            RankInput input = InputReader.Read(read, surroundings, progress, cancellationToken);
            chosen ??= RankMethods.Usual(input);
            CheckAsked(chosen, read, settings);
            RankOutcome outcome = RankRun.Fit(chosen, input, settings, progress);
            return shared.Format(parsed) switch
            {
                "json" => StandingsOutput.ToJson(chosen, outcome, input),
                "csv" => StandingsOutput.ToCsv(outcome, input),
                _ => StandingsOutput.Table(chosen, outcome, input),
            };
        }, cancellationToken));
        command.Add(CompareCommand.Create(surroundings));
        command.Add(MethodsCommand.Create(surroundings));
        return command;
    }

    /// <summary>Nothing that was asked for is passed over in silence.</summary>
    private static void CheckAsked(RankMethod method, InputSettings read, RankSettings settings)
    {
        if (read.Covariates.Count > 0 && method.Defaults is not ContextualBradleyTerryOptions)
        {
            throw new RefusedException($"--covariates mean nothing to {method.Name}; they are for contextual-bt.");
        }

        if (settings.SourceWeights.Count > 0 && !method.Input.HasFlag(MethodInput.Sources))
        {
            throw new RefusedException($"--source-weights mean nothing to {method.Name}; they are for {MixedSources.Name}.");
        }
    }

    /// <summary>Bradley–Terry needs no vote twice unless votes hang together.</summary>
    private static CountVotes Counting(RankMethod? method, RankSettings settings) =>
        method is not null && !string.Equals(method.Name, "bt", StringComparison.Ordinal) ? CountVotes.No
        : (settings.ClusterByVoter, settings.ClusterByPrompt) switch
        {
            (false, false) => CountVotes.Always,
            (null, null) => CountVotes.WithoutClusters,
            _ => CountVotes.No,
        };
}
