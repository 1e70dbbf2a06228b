using System.Globalization;
using System.Text.Json;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Votes on several entries: a ranking a row, a choice of the best (and worst) of those shown, or one row for each place in a contest.</summary>
internal sealed class BallotReader(RowContext rows)
{
    private readonly VoteColumns _columns = new(rows, []);
    private readonly NameTable _names = new();
    private readonly List<(BallotKind Kind, int[][] Tiers, int[] Shown, BallotDetails Details)> _ballots = [];

    public RankInput ReadRankings(CancellationToken cancellationToken)
    {
        do
        {
            int[] shown = [.. List(rows[ColumnRole.Shown].ToString()).Select(s => _names.Number(s))];
            int[][]? tiers = Tiers(rows[ColumnRole.Ranking].ToString(), shown);
            if (tiers is not null && NamesOnce(tiers) && IsShown(tiers, shown) && _columns.TryRead(out BallotDetails details))
            {
                _ballots.Add((BallotKind.Full, tiers, shown, details));
            }
        }
        while (rows.Read(cancellationToken));
        return Finish();
    }

    public RankInput ReadChoices(CancellationToken cancellationToken)
    {
        do
        {
            string best = rows[ColumnRole.Best].ToString(), worst = rows[ColumnRole.Worst].ToString();
            string[] shown = List(rows[ColumnRole.Shown].ToString());
            if (best.Length == 0 || !shown.Contains(best, StringComparer.Ordinal) || (worst.Length > 0 && !shown.Contains(worst, StringComparer.Ordinal)))
            {
                rows.Bad(ColumnRole.Shown, "the best and the worst must be among those shown. Write those shown as a JSON list, or with | between them");
                continue;
            }

            int[] rest = [.. shown.Where(s => !string.Equals(s, best, StringComparison.Ordinal) && !string.Equals(s, worst, StringComparison.Ordinal)).Select(s => _names.Number(s))];
            int[][] tiers = worst.Length > 0 ? [[_names.Number(best)], rest, [_names.Number(worst)]] : [[_names.Number(best)], rest];
            if (NamesOnce(tiers) && _columns.TryRead(out BallotDetails details))
            {
                _ballots.Add((worst.Length > 0 ? BallotKind.BestWorst : BallotKind.TopOne, tiers, [.. shown.Select(s => _names.Number(s))], details));
            }
        }
        while (rows.Read(cancellationToken));
        return Finish();
    }

    public RankInput ReadContests(CancellationToken cancellationToken)
    {
        var contests = new NameTable();
        var places = new List<List<(int Entry, double Place)>>();
        var details = new List<BallotDetails>();
        do
        {
            ReadOnlySpan<char> entry = rows[ColumnRole.Entry], contest = rows[ColumnRole.Contest];
            if (entry.IsEmpty || contest.IsEmpty)
            {
                rows.Bad("it names no entry or no contest");
                continue;
            }

            if (!double.TryParse(rows[ColumnRole.Place], NumberStyles.Float, CultureInfo.InvariantCulture, out double place) || !double.IsFinite(place))
            {
                rows.Bad(ColumnRole.Place, $"the place '{Outcomes.Short(rows[ColumnRole.Place])}' is no number (1 is best)");
                continue;
            }

            int number = contests.Number(contest);
            if (number == places.Count)
            {
                // what rides along stands on the contest's first row
                if (!_columns.TryRead(out BallotDetails own))
                {
                    continue;
                }

                details.Add(own);
                places.Add([]);
            }

            places[number].Add((_names.Number(entry), place));
        }
        while (rows.Read(cancellationToken));

        for (int c = 0; c < places.Count; c++)
        {
            int[][] tiers = [.. places[c].GroupBy(p => p.Place).OrderBy(g => g.Key).Select(g => g.Select(p => p.Entry).ToArray())];
            if (tiers.SelectMany(t => t).GroupBy(e => e).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new RefusedException($"'{_names[twice.Key]}' has two places in the contest '{contests[c]}'. Keep one of them.");
            }

            _ballots.Add((BallotKind.Full, tiers, [], details[c]));
        }

        return Finish();
    }

    private RankInput.Votes Finish()
    {
        (string[] sorted, int[] place) = _names.Sorted();
        var builder = new BallotsBuilder(Math.Max(1, sorted.Length), _ballots.Count, _ballots.Sum(b => b.Tiers.Sum(t => t.Length)));
        foreach ((BallotKind kind, int[][] tiers, int[] shown, BallotDetails details) in _ballots)
        {
            int[][] placed = [.. tiers.Select(t => t.Select(e => place[e]).ToArray())];
            switch (kind)
            {
                case BallotKind.TopOne:
                    builder.AddTopOne(placed[0][0], placed[1], details);
                    break;
                case BallotKind.BestWorst:
                    builder.AddBestWorst(placed[0][0], placed[1], placed[2][0], details);
                    break;
                default:
                    builder.AddTiers(placed, details);
                    break;
            }

            if (shown.Length > 0)
            {
                builder.ShownInOrder([.. shown.Select(e => place[e])]);
            }
        }

        return _columns.Finish(builder.ToBallots(), sorted);
    }

    /// <summary>
    /// <c>[["a"],["b","c"]]</c>, <c>["a","b"]</c> or <c>a&gt;b=c</c>, best first, or a place (1 is best) for each of those shown; null, with the
    /// mistake noted, where it is none of these.
    /// </summary>
    private int[][]? Tiers(string text, int[] shown)
    {
        if (text.Length == 0)
        {
            rows.Bad(ColumnRole.Ranking, "it has no ranking");
            return null;
        }

        if (shown.Length > 0 && Places(text, shown) is { } byPlace)
        {
            return byPlace;
        }

        if (text[0] != '[')
        {
            string[][] tiers = [.. text.Split('>').Select(t => t.Split('=', StringSplitOptions.TrimEntries))];
            if (tiers.All(t => t.All(name => name.Length > 0)))
            {
                return Numbers(tiers);
            }

            rows.Bad(ColumnRole.Ranking, $"the ranking '{Outcomes.Short(text)}' names nobody beside a > or =. Write it as in a>b=c, best first");
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return Numbers([.. json.RootElement.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.Array ? t.EnumerateArray().Select(Text).ToArray() : [Text(t)])]);
        }
        catch (JsonException)
        {
            rows.Bad(ColumnRole.Ranking, $"the ranking '{Outcomes.Short(text)}' is no list of names. Write it as in [[\"a\"],[\"b\",\"c\"]], best first");
            return null;
        }
    }

    /// <summary>Tiers out of one place each, in the order of those shown; null where the ranking holds no such numbers.</summary>
    private int[][]? Places(string text, int[] shown)
    {
        double[] places = [.. List(text).Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double place) ? place : double.NaN)];
        return places.Length == shown.Length && Array.TrueForAll(places, double.IsFinite) && !Array.TrueForAll(List(text), p => shown.Any(s => string.Equals(_names[s], p, StringComparison.Ordinal)))
            ? [.. shown.Zip(places).GroupBy(p => p.Second).OrderBy(g => g.Key).Select(g => g.Select(p => p.First).ToArray())]
            : null;
    }

    /// <summary>Whether the order in which they were displayed names those that were ranked, where it is known.</summary>
    private bool IsShown(int[][] tiers, int[] shown)
    {
        bool fits = shown.Length == 0 || tiers.SelectMany(t => t).ToHashSet().SetEquals(shown);
        if (!fits)
        {
            rows.Bad(ColumnRole.Shown, "those shown and those ranked are not the same. Leave nobody out, or name no column for shown");
        }

        return fits;
    }

    private int[][] Numbers(string[][] tiers) => [.. tiers.Select(t => t.Select(name => _names.Number(name)).ToArray())];

    private bool NamesOnce(int[][] tiers)
    {
        var seen = new HashSet<int>();
        foreach (int entry in tiers.SelectMany(t => t))
        {
            if (!seen.Add(entry))
            {
                rows.Bad($"it names '{Outcomes.Short(_names[entry])}' twice. Name each once; lists of places beside names want the names' column, as in --columns shown=COLUMN");
                return false;
            }
        }

        return true;
    }

    private static string[] List(string text)
    {
        if (!text.StartsWith('['))
        {
            return text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(Text)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Text(JsonElement name) => name.ValueKind switch
    {
        JsonValueKind.String when name.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number => name.GetRawText(),
        _ => throw new JsonException("A name is a text or a number."),
    };
}
