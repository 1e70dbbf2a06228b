using System.CommandLine;
using System.Globalization;
using System.Text;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Methods;
using Arena.Cli.Rank.Output;

namespace Arena.Cli.Rank;

/// <summary><c>arena rank methods [NAME]</c>: all methods and what they read, or one with its own options.</summary>
internal static class MethodsCommand
{
    public static Command Create(CliSurroundings surroundings)
    {
        var name = new Argument<string?>("NAME") { Description = "A method", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("methods", "Lists the methods, or the options that --set gives to one") { name };
        command.SetAction((parsed, cancellationToken) => RankRun.GuardedAsync(surroundings, null, () => parsed.GetValue(name) is { } asked
            ? One(RankMethods.Find(asked) ?? throw new RefusedException("auto is a choice among methods. Name one."))
            : All(), cancellationToken));
        return command;
    }

    private static string All() =>
        TextTable.Of(["method", "reads", "intervals", ""], [.. RankMethods.All.Select(m => (string[])[m.Name, Reads(m), Intervals(m), m.Title])], 0, 1, 2, 3)
        + "\n'arena rank methods NAME' lists the options of one.";

    private static string One(RankMethod method)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{method.Name}: {method.Title}\n");
        text.Append(CultureInfo.InvariantCulture, $"Reads {Reads(method)}{(method.InOrder ? ", in the order of their times or of the file" : "")}. Intervals: {Intervals(method)}.");
        if (method.Aliases.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" Also called {string.Join(", ", method.Aliases)}.");
        }

        text.Append("\n\n").Append(TextTable.Of(["--set", "default", "takes"], [.. MethodOptions.Describe(method.Defaults).Select(o => (string[])[o.Name, o.Default, o.Kind])], 0, 1, 2));
        return text.ToString().TrimEnd('\n');
    }

    private static string Reads(RankMethod method) =>
        string.Join(", ", Enum.GetValues<MethodInput>().Where(k => k != MethodInput.Either && method.Input.HasFlag(k)).Select(k => k.ToString().ToLowerInvariant()));

    private static string Intervals(RankMethod method) =>
        method.HasOwnIntervals ? "its own" : method.Intervals.Count == 0 ? "none" : string.Join(", ", method.Intervals.Select(i => i.ToString().ToLowerInvariant()));
}
