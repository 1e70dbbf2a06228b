using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>
/// Payoffs in a table. A matrix: one strategy a row, another a column, what the row gets against the column. A list: one profile a row, with the columns
/// strategy_1, strategy_2 … and payoff_1, payoff_2 …, and perhaps games and variance_1, variance_2 ….
/// </summary>
internal sealed class PayoffReader(RowContext rows)
{
    /// <summary>Whether the headings are those of a list of profiles.</summary>
    public static bool IsList(IReadOnlyList<string> columns) => Numbered("strategy_", columns).Count >= 2 && Numbered("payoff_", columns).Count >= 1;

    /// <param name="ignored">Strategies to leave out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public RankInput ReadMatrix(IReadOnlyList<string> ignored, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = rows.Rows.Columns;
        int first = rows.Rows.HasHeadings ? 1 : 0;
        int[] values = [.. Enumerable.Range(first, columns.Count - first).Where(c => !ignored.Contains(columns[c], StringComparer.Ordinal))];
        var names = new NameTable();
        var payoffs = new List<double>();
        do
        {
            string name = first == 1 ? rows.Rows[0].Trim().ToString() : rows.Count.ToString(CultureInfo.InvariantCulture);
            if (ignored.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            int known = names.Count;
            if (name.Length == 0 || names.Number(name) < known)
            {
                rows.Bad(name.Length == 0 ? "it names no strategy" : $"the strategy '{Outcomes.Short(name)}' has a row already");
                continue;
            }

            foreach (int column in values)
            {
                payoffs.Add(Value(rows.Rows[column], columns[column]));
            }
        }
        while (rows.Read(cancellationToken));

        string[] own = [.. Enumerable.Range(0, names.Count).Select(n => names[n])], other = [.. values.Select(c => columns[c])];
        if (!own.ToHashSet(StringComparer.Ordinal).SetEquals(other))
        {
            return PayoffInput.ZeroSum(own, other, [.. payoffs]);
        }

        // columns may stand in another order than rows
        int[] at = [.. own.Select(o => Array.IndexOf(other, o))];
        return PayoffInput.Symmetric(own, [.. Enumerable.Range(0, own.Length).SelectMany(i => at.Select(j => payoffs[i * own.Length + j]))]);
    }

    public RankInput ReadList(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = rows.Rows.Columns;
        List<int> strategies = Numbered("strategy_", columns), payoffs = Numbered("payoff_", columns), variances = Numbered("variance_", columns);
        int games = rows.Find("games"), players = strategies.Count;
        bool symmetric = players == 2 && payoffs.Count == 1;
        if (!symmetric && payoffs.Count != players)
        {
            throw new RefusedException($"There are {players} columns of strategies and {payoffs.Count} of payoffs. Give each player a payoff, or two players of one population a single payoff_1: what strategy_1 gets.");
        }

        NameTable[] names = symmetric ? [new NameTable()] : [.. strategies.Select(_ => new NameTable())];
        var profiles = new Dictionary<string, (int[] Profile, double[] Payoffs, int Games, double[] Variances)>(StringComparer.Ordinal);
        do
        {
            int[] profile = [.. strategies.Select((c, k) => rows.Rows[c].Trim() is { IsEmpty: false } name ? names[symmetric ? 0 : k].Number(name) : -1)];
            if (Array.IndexOf(profile, -1) is >= 0 and var unnamed)
            {
                rows.BadColumn(columns[strategies[unnamed]], "it names no strategy");
                continue;
            }

            int count = 0;
            if (games >= 0 && !int.TryParse(rows.Rows[games].Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out count))
            {
                rows.BadColumn("games", $"the number of games '{Outcomes.Short(rows.Rows[games])}' is no whole number");
                continue;
            }

            if (!profiles.TryAdd(string.Join(' ', profile), (profile, [.. payoffs.Select(Read)], count, [.. variances.Select(Read)])))
            {
                rows.Bad("its profile has a row already");
            }
        }
        while (rows.Read(cancellationToken));
        return PayoffInput.OfProfiles(
            [.. names.Select(n => (string[])[.. Enumerable.Range(0, n.Count).Select(k => n[k])])], [.. profiles.Values], hasGames: games >= 0, hasVariances: variances.Count == payoffs.Count, symmetric);

        double Read(int column) => Value(rows.Rows[column], columns[column]);
    }

    /// <summary>NaN where the cell is empty: it was never played.</summary>
    private double Value(ReadOnlySpan<char> text, string column)
    {
        text = text.Trim();
        double value = double.NaN;
        if (!text.IsEmpty && !text.Equals("nan", StringComparison.OrdinalIgnoreCase)
            && (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value)))
        {
            rows.BadColumn(column, $"the payoff '{Outcomes.Short(text)}' is no finite number");
        }

        return value;
    }

    private static List<int> Numbered(string prefix, IReadOnlyList<string> columns)
    {
        var found = new List<int>();
        for (int k = 1; columns.ToList().FindIndex(c => string.Equals(c, prefix + k.ToString(CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase)) is >= 0 and var at; k++)
        {
            found.Add(at);
        }

        return found;
    }
}
