using System.Text.Json;

namespace Arena.Cli.Rank.Input;

/// <summary>
/// Payoffs as one JSON value: a matrix <c>[[0, 1], [-1, 0]]</c>; or an object with <c>payoffs</c> (a matrix of one population, or one nested list a
/// population), and perhaps <c>strategies</c> (a list of names, or one list a population), <c>populations</c> (their names), <c>games</c> and
/// <c>variances</c> (as the payoffs).
/// </summary>
internal static class PayoffJson
{
    private static readonly string[] Keys = ["payoffs", "strategies", "populations", "games", "variances"];

    /// <summary>Whether a file begins like such a value: a list of lists of numbers, or an object whose first key is one of these.</summary>
    public static bool Begins(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, default);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return reader.Read() && reader.TokenType == JsonTokenType.PropertyName && Array.Exists(Keys, reader.GetString()!.Equals);
            }

            return reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.StartArray
                && reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static RankInput Read(Stream stream)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(stream);
            return json.RootElement.ValueKind == JsonValueKind.Array ? Matrix(json.RootElement, null) : Game(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new RefusedException($"This is no table of payoffs: {e.Message.Split(" LineNumber:")[0].TrimEnd('.')}. Write a matrix as in [[0, 1], [-1, 0]], or an object with payoffs and strategies.");
        }
    }

    private static RankInput Game(JsonElement game)
    {
        if (game.EnumerateObject().FirstOrDefault(p => !Keys.Contains(p.Name, StringComparer.Ordinal)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new RefusedException($"Payoffs have no '{unknown.Name}'.{Nearest.Hint(unknown.Name, Keys)} They have {string.Join(", ", Keys)}.");
        }

        if (!game.TryGetProperty("payoffs", out JsonElement payoffs))
        {
            throw new RefusedException("There are no payoffs. Give them as a matrix, or as one nested list a population.");
        }

        JsonElement? strategies = game.TryGetProperty("strategies", out JsonElement named) ? named : null;
        bool several = strategies is { } s ? s.GetArrayLength() > 0 && s[0].ValueKind == JsonValueKind.Array : Depth(payoffs) > 2;
        if (!several)
        {
            return Matrix(payoffs, strategies, Optional(game, "games"), Optional(game, "variances"));
        }

        int[] sizes = Sizes(payoffs[0]);
        string[][] names = strategies is { } all ? [.. all.EnumerateArray().Select(Names)] : [.. sizes.Select(Numbered)];
        IReadOnlyList<string> populations = game.TryGetProperty("populations", out JsonElement titles) ? Names(titles) : [.. Enumerable.Range(1, names.Length).Select(k => $"player {k}")];
        if (names.Length < 2 || populations.Count != names.Length || payoffs.GetArrayLength() != names.Length || !sizes.SequenceEqual(names.Select(n => n.Length)))
        {
            throw new RefusedException($"The strategies make {string.Join(" × ", names.Select(n => n.Length))} profiles of {populations.Count} populations; the payoffs are {payoffs.GetArrayLength()} lists of {string.Join(" × ", sizes)}. Give one nested list a population, the last population's strategy running fastest.");
        }

        return PayoffInput.Of(
            () => Arena.Ranking.PayoffTables.General(
                sizes,
                Tensors(payoffs),
                Optional(game, "games") is { } games ? [.. Tensors(games).Select(t => Array.ConvertAll(t, v => checked((int)v)))] : null,
                Optional(game, "variances") is { } variances ? Tensors(variances) : null),
            [.. names.Zip(populations, (n, p) => new Population(p, n))]);
    }

    private static RankInput Matrix(JsonElement payoffs, JsonElement? strategies, JsonElement? games = null, JsonElement? variances = null)
    {
        int[] sizes = Sizes(payoffs);
        if (sizes.Length != 2)
        {
            throw new RefusedException("The payoffs are no matrix. Write one list a row, as in [[0, 1], [-1, 0]].");
        }

        string[] names = strategies is { } named ? Names(named) : Numbered(sizes[0]);
        return sizes[0] != sizes[1]
            ? PayoffInput.ZeroSum(names, Numbered(sizes[1]), Flat(payoffs))
            : PayoffInput.Symmetric(
                names,
                Flat(payoffs),
                games is { } counts ? Array.ConvertAll(Flat(counts), v => double.IsNaN(v) ? 0 : checked((int)v)) : null,
                variances is { } spread ? Array.ConvertAll(Flat(spread), v => double.IsNaN(v) ? 0 : v) : null);
    }

    private static JsonElement? Optional(JsonElement game, string key) => game.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static int Depth(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? 1 + Depth(value[0]) : 0;

    private static int[] Sizes(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? [value.GetArrayLength(), .. Sizes(value[0])] : [];

    private static double[][] Tensors(JsonElement list) => [.. list.EnumerateArray().Select(Flat)];

    private static double[] Flat(JsonElement value)
    {
        int[] sizes = Sizes(value);
        var flat = new List<double>();
        Add(value, 0);
        return [.. flat];

        void Add(JsonElement part, int depth)
        {
            if (part.ValueKind != JsonValueKind.Array)
            {
                flat.Add(part.ValueKind == JsonValueKind.Null ? double.NaN : part.GetDouble());
                return;
            }

            if (depth >= sizes.Length || part.GetArrayLength() != sizes[depth])
            {
                throw new JsonException("its lists are not all of one length");
            }

            foreach (JsonElement inner in part.EnumerateArray())
            {
                Add(inner, depth + 1);
            }
        }
    }

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String ? n.GetString()! : n.GetRawText())];

    private static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
