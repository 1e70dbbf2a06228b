namespace Arena.Cli.Rank.Input;

/// <summary>Finds the column of each role: the one that was named on the command line, else one of the usual names.</summary>
internal sealed class ColumnMap
{
    private static readonly Dictionary<ColumnRole, string[]> Usual = new()
    {
        [ColumnRole.A] = ["model_a", "a", "left", "first", "player_a", "competitor_a", "entry_a", "system_a", "option_a", "generator_1", "model_1"],
        [ColumnRole.B] = ["model_b", "b", "right", "second", "player_b", "competitor_b", "entry_b", "system_b", "option_b", "generator_2", "model_2"],
        [ColumnRole.Winner] = ["winner", "outcome", "result"],
        [ColumnRole.Loser] = ["loser"],
        [ColumnRole.Preference] = ["preference", "preference_1to2", "preference_1to2(2=generator_2 better)"],
        [ColumnRole.Ranking] = ["ranking", "ballot", "order"],
        [ColumnRole.Best] = ["best", "choice"],
        [ColumnRole.Worst] = ["worst"],
        [ColumnRole.Shown] = ["shown", "slate", "options", "generations"],
        [ColumnRole.Voter] = ["voter", "voter_id", "judge", "judge_id", "user", "user_id", "annotator", "rater", "worker"],
        [ColumnRole.Prompt] = ["question_id", "prompt_id", "prompt", "question", "instruction_id", "instruction_idx", "instruction_sha1", "sample", "item"],
        [ColumnRole.Weight] = ["weight"],
        [ColumnRole.Time] = ["tstamp", "timestamp", "time", "datetime", "date", "created_at", "day"],
        [ColumnRole.Source] = [],
        [ColumnRole.Entry] = ["entry", "model", "system", "competitor", "player", "team", "name", "driverid"],
        [ColumnRole.Sample] = ["sample", "sample_id", "item", "question_id", "prompt_id", "prompt", "utterance", "instance", "task", "example"],
        [ColumnRole.Score] = ["score", "value", "correct", "accuracy"],
        [ColumnRole.Contest] = ["contest", "race", "game", "match", "ballot_id"],
        [ColumnRole.Place] = ["place", "rank", "position", "finish"],
    };

    private static readonly string[] Roles = [.. Enum.GetNames<ColumnRole>().Select(n => n.ToLowerInvariant())];

    private readonly Dictionary<ColumnRole, string[]> _named = [];

    private ColumnMap()
    {
    }

    /// <summary>Reads <c>a=left,b=right,sample=question+turn</c>; a column's own name may hold commas.</summary>
    public static ColumnMap Parse(IEnumerable<string> overrides)
    {
        var map = new ColumnMap();
        foreach (string part in overrides.SelectMany(Parts))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (equals < 0 || !Enum.TryParse(name.Trim(), ignoreCase: true, out ColumnRole role) || !Enum.IsDefined(role))
            {
                throw new RefusedException($"--columns does not know '{name.Trim()}'.{Nearest.Hint(name.Trim(), Roles)} Write role=column, as in a=left,b=right,winner=outcome; roles are {string.Join(", ", Roles)}.");
            }

            map._named[role] = part[(equals + 1)..].Split('+');
        }

        return map;
    }

    /// <summary>Names one more column.</summary>
    public ColumnMap With(ColumnRole role, string column)
    {
        _named[role] = [column];
        return this;
    }

    /// <summary>Takes no column for the role, whatever it is called.</summary>
    public ColumnMap Without(ColumnRole role)
    {
        _named[role] = [];
        return this;
    }

    /// <summary>Whether a column is named for the role, or bears one of its usual names.</summary>
    public bool IsFor(ColumnRole role, string column) => _named.TryGetValue(role, out string[]? named)
        ? named.Contains(column, StringComparer.Ordinal)
        : Usual[role].Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>The role's columns (several where their values together make one name); empty where there are none yet.</summary>
    public int[] Find(ColumnRole role, IReadOnlyList<string> columns)
    {
        if (_named.TryGetValue(role, out string[]? named))
        {
            int[] found = [.. named.Select(n => IndexOf(columns, n, StringComparison.Ordinal))];
            return Array.IndexOf(found, -1) < 0 ? found : [];
        }

        foreach (string usual in Usual[role])
        {
            int column = IndexOf(columns, usual, StringComparison.OrdinalIgnoreCase);
            if (column >= 0 && !_named.Values.Any(n => n.Contains(columns[column], StringComparer.Ordinal)))
            {
                return [column];
            }
        }

        return [];
    }

    /// <summary>Refuses when a column named on the command line is not there.</summary>
    public void Check(IReadOnlyCollection<string> columns)
    {
        foreach ((ColumnRole role, string[] names) in _named)
        {
            if (Array.Find(names, n => !columns.Contains(n, StringComparer.Ordinal)) is { } missing)
            {
                throw new RefusedException(Unknown(missing, $" for {role.ToString().ToLowerInvariant()}", columns));
            }
        }
    }

    /// <summary>Says that a column is not there, which one may have been meant, and which there are.</summary>
    public static string Unknown(string column, string purpose, IReadOnlyCollection<string> columns) =>
        $"There is no column '{column}'{purpose}.{Nearest.Hint(column, columns)} There are: {Listed(columns)}.";

    /// <summary>Names for a message, not more than a person reads.</summary>
    public static string Listed(IReadOnlyCollection<string> columns) =>
        string.Join(", ", columns.Take(20)) + (columns.Count > 20 ? $" and {columns.Count - 20} more" : "");

    private static IEnumerable<string> Parts(string text)
    {
        string? part = null;
        foreach (string piece in text.Split(','))
        {
            if (part is not null && piece.Contains('=', StringComparison.Ordinal))
            {
                yield return part;
                part = piece;
            }
            else
            {
                part = part is null ? piece : $"{part},{piece}";
            }
        }

        if (part is not null)
        {
            yield return part;
        }
    }

    private static int IndexOf(IReadOnlyList<string> columns, string name, StringComparison comparison)
    {
        for (int k = 0; k < columns.Count; k++)
        {
            if (columns[k].Trim().Equals(name, comparison))
            {
                return k;
            }
        }

        return -1;
    }
}
