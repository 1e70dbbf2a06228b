using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>One board from several sources, each fitted apart by Bradley–Terry.</summary>
internal static class MixedMethod
{
    public static IReadOnlyList<RankMethod> All { get; } =
    [
        RankMethod.Of(MixedSources.Name, "Several sources, each fitted apart by Bradley–Terry and weighed by its precision", MethodInput.Sources | MethodInput.Votes, (_, _) => new MixedSourcesOptions(), Combine) with
        {
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
    ];

    private static RankOutcome Combine(RankInput input, RankSettings settings, MixedSourcesOptions options)
    {
        (string Name, RankInput Input)[] sources = Sources(input);
        if (settings.SourceWeights.Keys.FirstOrDefault(w => !Array.Exists(sources, s => string.Equals(s.Name, w, StringComparison.Ordinal))) is { } unknown)
        {
            throw new RefusedException($"--source-weights names '{unknown}'.{Nearest.Hint(unknown, sources.Select(s => s.Name))} The sources are {string.Join(", ", sources.Select(s => s.Name))}.");
        }

        RatingSource[] fitted = [.. sources.Select(s => new RatingSource(s.Name, Fit(s.Name, s.Input, settings), settings.SourceWeights.GetValueOrDefault(s.Name, 1)))];
        try
        {
            MixedStandings result = MixedSources.Combine(fitted, options);
            return new(result.Standings)
            {
                Tables =
                [
                    new ResultTable("sources", "Sources", ["source", "effective_votes", "weight", "share"], [.. result.Sources.Select(s => (object?[])[s.Name, s.EffectiveBallots, s.Weight, s.Share])]),
                    new ResultTable("disagreement", "Do they show the same strengths? (Wald's test)", ["first", "second", "statistic", "freedom", "p"], [.. result.Tests.Select(t => (object?[])[t.First, t.Second, t.Statistic, t.Freedom, t.PValue])]),
                ],
            };
        }
        catch (ArgumentException)
        {
            throw new RefusedException("The covariance of a source leaves some differences without any error, so it cannot be weighed against another: its observations are too few or too much alike. Collect more of it, or leave it out.");
        }
        catch (RankingException e) when (e.Diagnosis is Diagnosis.SourcesDisagree d)
        {
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"""
                The sources disagree by more than chance (χ² = {d.Statistic:0.0} with {d.Freedom} degrees of freedom, {(d.PValue < 1e-4 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {d.PValue:0.####}"))}; most of all '{d.First}' and '{d.Second}'), so one board of both would be an average of different things.
                Rank each apart, or mix them all the same with --set CombineDespiteDisagreement=true.
                """));
        }
    }

    private static Standings Fit(string name, RankInput input, RankSettings settings)
    {
        var options = settings.Shared(new BradleyTerryOptions { PriorTies = settings.Prior, Cluster = LikelihoodMethods.Clusters(input, settings) });
        try
        {
            return input is RankInput.Scores scores ? BradleyTerry.Fit(scores.Matrix, options) : BradleyTerry.Fit(RankMethods.Ballots(input), options);
        }
        catch (RankingException e)
        {
            throw new RefusedException($"{name}: {DiagnosisText.Explain(e.Diagnosis, input.Names)}");
        }
    }

    private static (string Name, RankInput Input)[] Sources(RankInput input)
    {
        switch (input)
        {
            case RankInput.Several several:
                return [.. several.Sources];
            case RankInput.Votes { Sources: { Names.Count: > 1 } sources } votes:
                return [.. sources.Names.Select((name, s) => (name, (RankInput)new RankInput.Votes(votes.Ballots.Select([.. Enumerable.Range(0, sources.Of.Length).Where(v => sources.Of[v] == s)])) { Names = votes.Names }))];
            default:
                throw new RefusedException("mixed-sources needs two sources or more: give several files, or a column that tells them apart with --columns source=COLUMN.");
        }
    }
}
