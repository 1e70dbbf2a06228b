using System.Globalization;

namespace Arena.Ranking.Games;

/// <summary>Equilibrium strategies of every population, and how they were found.</summary>
/// <param name="Strategies">Probability of every strategy.</param>
/// <param name="IsUnique">Whether there is no other; null where the solver cannot tell.</param>
/// <param name="Diagnostics">How the solver went.</param>
internal sealed record Equilibrium(double[][] Strategies, bool? IsUnique, FitDiagnostics Diagnostics);

/// <summary>One fit of <see cref="Nash"/>.</summary>
/// <param name="tables">The game.</param>
/// <param name="options">Options.</param>
/// <param name="byProgram">Whether its payoffs add up to a constant and a linear program is to solve it.</param>
internal sealed class NashFit(PayoffTables tables, NashOptions options, bool byProgram)
{
    public NashResult Run()
    {
        Equilibrium equilibrium = Solve(tables);
        var standings = new PayoffStandings(Nash.Name, tables, options);
        int unsettled = 0;
        double[] replicates = standings.Replicates(drawn =>
        {
            Equilibrium own = Solve(drawn);
            if (!own.Diagnostics.Converged)
            {
                Interlocked.Increment(ref unsettled);
            }

            return Flat(own.Strategies);
        });
        FitDiagnostics diagnostics = equilibrium.Diagnostics;
        if (unsettled > 0)
        {
            diagnostics = diagnostics with { Notes = [.. diagnostics.Notes, string.Create(CultureInfo.InvariantCulture, $"With {unsettled} of {options.Rounds} drawn tables of payoffs the iteration did not settle: the intervals are rough. Raise the temperature.")] };
        }

        var game = new PopulationGame(tables);
        double[][] mixed = equilibrium.Strategies, payoffs = game.Room();
        game.Payoffs(mixed, payoffs);
        return new NashResult
        {
            Populations = standings.Of(Flat(mixed), replicates, diagnostics),
            Strategies = mixed,
            Payoffs = payoffs,
            Values = [.. mixed.Zip(payoffs, PopulationGame.Expected)],
            DualityGap = Math.Max(0, PopulationGame.Gap(mixed, payoffs)),
            IsUnique = equilibrium.IsUnique,
        };
    }

    private Equilibrium Solve(PayoffTables game) => byProgram ? ZeroSumGame.Solve(game) : new LogitEquilibrium(game, options).Solve();

    private static double[] Flat(double[][] strategies) => [.. strategies.SelectMany(p => p)];
}
