using System.CommandLine;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Input;
using Arena.Cli.Rank.Methods;
using Arena.Cli.Rank.Output;
using Arena.Ranking;

namespace Arena.Cli.Rank;

/// <summary><c>arena rank FILE</c>: standings out of anybody's votes or scores.</summary>
internal static class RankCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var shared = new RankOptions();
        var method = new Option<string>("--method", "-m") { Description = $"How to rank: {string.Join(", ", RankMethods.All.Select(m => m.Name))}. Default: bt for votes on two, pl for rankings, mean for scores", DefaultValueFactory = _ => RankMethods.Automatic };
        var command = new Command("rank", "Ranks entries by votes or scores in a file");
        shared.AddTo(command);
        command.Add(method);
        command.SetAction((parsed, cancellationToken) => Guarded(surroundings, () =>
        {
            RankMethod? chosen = RankMethods.Find(parsed.GetRequiredValue(method));
            RankSettings settings = shared.Settings(parsed);
            var progress = new RankProgress(surroundings, shared.Progress(parsed));
            RankInput input = Read(shared.Input(parsed), surroundings, progress, cancellationToken);
            chosen ??= RankMethods.Usual(input);
            RankOutcome outcome = Fit(chosen, input, settings, progress);
            return shared.Format(parsed) switch
            {
                "json" => StandingsOutput.ToJson(outcome, input),
                "csv" => StandingsOutput.ToCsv(outcome.Board, input.Names),
                _ => StandingsOutput.Table(chosen, outcome, input),
            };
        }));
        command.Add(CompareCommand.Create(surroundings));
        return command;
    }

    /// <summary>Runs a command, writes what it returns, and turns a refusal into its exit code.</summary>
    public static async Task<int> Guarded(CliSurroundings surroundings, Func<string> command)
    {
        try
        {
            string text = command();
            await surroundings.Output.WriteLineAsync(text);
            return CliExitCode.Done;
        }
        catch (RefusedException e)
        {
            await surroundings.Errors.WriteLineAsync(e.Message);
            return CliExitCode.Refused;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            await surroundings.Errors.WriteLineAsync($"The input cannot be read to its end: {e.Message}");
            return CliExitCode.Refused;
        }
    }

    public static RankInput Read(InputSettings settings, CliSurroundings surroundings, RankProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return InputReader.Read(settings, surroundings, progress, cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }

    public static RankOutcome Fit(RankMethod method, RankInput input, RankSettings settings, RankProgress progress)
    {
        try
        {
            progress.Say($"fitting {method.Name} …");
            return RankMethods.Fit(method, input, settings);
        }
        catch (RankingException e)
        {
            throw new RefusedException(DiagnosisText.Explain(e.Diagnosis, input.Names));
        }
        finally
        {
            progress.End();
        }
    }
}
