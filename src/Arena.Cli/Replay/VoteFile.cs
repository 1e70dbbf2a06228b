using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Arena.Contracts.Voting;

namespace Arena.Cli.Replay;

/// <summary>
/// Recorded votes, read from a file: one JSON object a line, or a JSON array of them. A vote is a FastChat battle (model_a, model_b, winner,
/// tstamp, judge), or a line with entries and tiers, as an Arena's own export has it.
/// </summary>
internal sealed class VoteFile
{
    private const int MostErrors = 20;

    /// <summary>What FastChat calls a voter whose address was taken out.</summary>
    private const string NoAddress = "arena_user_";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private readonly Dictionary<RecordedEntry, int> places = [];
    private readonly Dictionary<string, int> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> repeated = new(StringComparer.Ordinal);
    private readonly List<RecordedEntry> entries = [];
    private readonly List<RecordedVote> votes = [];
    private readonly List<string> errors = [];

    private VoteFile()
    {
    }

    /// <summary>All entries that are named, in the order in which they first are.</summary>
    public IReadOnlyList<RecordedEntry> Entries => entries;

    /// <summary>In the order of time; those of one time as in the file.</summary>
    public IReadOnlyList<RecordedVote> Votes => votes;

    /// <summary>What is wrong, a sentence a line of the file; at most a few.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>How many lines have a mistake.</summary>
    public int Mistakes { get; private set; }

    /// <summary>Votes that do not say who voted: each is taken for another person's.</summary>
    public int Anonymous { get; private set; }

    public static async Task<VoteFile> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var file = new VoteFile();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        if (IsArray(reader))
        {
            file.ReadArray(await reader.ReadToEndAsync(cancellationToken));
        }
        else
        {
            for (var line = 1; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
            {
                if (!string.IsNullOrWhiteSpace(text))
                {
                    file.ReadLine(line, text);
                }
            }
        }

        file.Finish();
        return file;
    }

    private static bool IsArray(StreamReader reader)
    {
        while (char.IsWhiteSpace((char)reader.Peek()))
        {
            _ = reader.Read();
        }

        return reader.Peek() == '[';
    }

    private void ReadArray(string text)
    {
        try
        {
            using var array = JsonDocument.Parse(text, Options);
            var number = 0;
            foreach (var vote in array.RootElement.EnumerateArray())
            {
                Take(++number, vote);
            }
        }
        catch (JsonException e)
        {
            Fail((int)(e.LineNumber ?? 0) + 1, "this is no JSON: " + Plain(e));
        }
    }

    private void ReadLine(int line, string text)
    {
        try
        {
            using var vote = JsonDocument.Parse(text, Options);
            Take(line, vote.RootElement);
        }
        catch (JsonException e)
        {
            Fail(line, "this is no JSON: " + Plain(e));
        }
    }

    private void Take(int line, JsonElement vote)
    {
        try
        {
            if (vote.ValueKind != JsonValueKind.Object)
            {
                throw new VoteFormatException("a vote is a JSON object.");
            }

            votes.Add(vote.TryGetProperty("model_a", out _) ? Battle(line, vote) : Ranking(line, vote));
        }
        catch (VoteFormatException e)
        {
            Fail(line, e.Message);
        }
    }

    private RecordedVote Battle(int line, JsonElement vote)
    {
        string a = Text(vote, "model_a"), b = Text(vote, "model_b"), winner = Text(vote, "winner");
        int[][] tiers = winner switch
        {
            "model_a" => [[0], [1]],
            "model_b" => [[1], [0]],
            "tie" or "tie (bothbad)" or "bothbad" => [[0, 1]],
            _ => throw new VoteFormatException($"'winner' is \"{winner}\": it is one of model_a, model_b, tie and tie (bothbad)."),
        };
        var at = vote.TryGetProperty("tstamp", out var stamp) && stamp.TryGetDouble(out var seconds) && seconds is > 0 and < 1e11
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new VoteFormatException("'tstamp' is missing: the time of the vote, in seconds since 1970.");
        var id = Identity(vote);
        return new(line, id, Voter(vote, id), at, [Place(new(a)), Place(new(b))], tiers)
        {
            AllBad = winner.Contains("bothbad", StringComparison.Ordinal),
            Samples = Optional(vote, "question_id") is { } question ? [.. Enumerable.Repeat(Sample(question), 2)] : null,
        };
    }

    private RecordedVote Ranking(int line, JsonElement vote)
    {
        if (!vote.TryGetProperty("entries", out var shown) || shown.ValueKind != JsonValueKind.Array)
        {
            throw new VoteFormatException("there is neither 'model_a' nor 'entries'.");
        }

        var slots = shown.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.Object
            ? Place(new(Text(entry, "name"), Optional(entry, "entry"), entry.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) ? number : null))
            : Place(new(entry.GetString() ?? throw new VoteFormatException("'entries' holds names.")))).ToArray();
        var at = vote.TryGetProperty("at", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var given)
            ? given
            : throw new VoteFormatException("'at' is missing: the time of the vote, as in 2026-01-31T12:00:00Z.");
        var id = Optional(vote, "ballot") ?? Identity(vote);
        return new(line, id, Voter(vote, id), at, slots, Read<int[][]>(vote, "tiers") ?? [])
        {
            Form = Optional(vote, "form") ?? "ranking",
            AllBad = vote.TryGetProperty("all_bad", out var bad) && bad.ValueKind == JsonValueKind.True,
            Samples = Read<int[]>(vote, "samples"),
            State = Optional(vote, "state"),
            Reason = Optional(vote, "reason"),
        };
    }

    private void Finish()
    {
        var order = votes.OrderBy(vote => vote.At).ToList(); // stable
        votes.Clear();
        votes.AddRange(order);
    }

    private void Fail(int line, string problem)
    {
        Mistakes++;
        if (errors.Count < MostErrors)
        {
            errors.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {line}: {problem}"));
        }
    }

    private int Place(RecordedEntry entry)
    {
        if (!places.TryGetValue(entry, out var place))
        {
            places[entry] = place = entries.Count;
            entries.Add(entry);
        }

        return place;
    }

    private int Sample(string name)
    {
        if (!samples.TryGetValue(name, out var sample))
        {
            samples[name] = sample = samples.Count;
        }

        return sample;
    }

    /// <summary>What a vote says, hashed; with a number where the very same stands there again: a line of its own, not a repetition.</summary>
    private string Identity(JsonElement vote)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(vote.GetRawText())).AsSpan(0, 16));
        var number = repeated[hash] = repeated.GetValueOrDefault(hash) + 1;
        return number == 1 ? hash : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hash}-{number}");
    }

    private string Voter(JsonElement vote, string id)
    {
        if ((Optional(vote, "voter") ?? Optional(vote, "user") ?? Optional(vote, "judge")) is { Length: > 0 } voter && !string.Equals(voter, NoAddress, StringComparison.Ordinal))
        {
            return voter;
        }

        Anonymous++;
        return id;
    }

    private static string Text(JsonElement vote, string name) =>
        vote.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 200 } text
            ? text
            : throw new VoteFormatException($"'{name}' is missing, empty, or longer than 200 characters.");

    private static string? Optional(JsonElement vote, string name) =>
        vote.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw new VoteFormatException($"'{name}' is a text."),
        } : null;

    private static T? Read<T>(JsonElement vote, string name)
        where T : class
    {
        try
        {
            return vote.TryGetProperty(name, out var value) ? value.Deserialize<T>() : null;
        }
        catch (JsonException)
        {
            throw new VoteFormatException($"'{name}' holds lists of whole numbers.");
        }
    }

    private static string Plain(JsonException e) => e.Message.Split(" LineNumber", StringSplitOptions.None)[0];

    private sealed class VoteFormatException(string message) : Exception(message);
}
