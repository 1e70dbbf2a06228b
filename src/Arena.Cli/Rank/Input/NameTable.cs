namespace Arena.Cli.Rank.Input;

/// <summary>Names by number, in the order in which they were first seen; a known one is found without making a string.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private readonly List<string> _names = [];

    public NameTable() => _spans = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _names.Count;

    public string this[int number] => _names[number];

    public int Number(ReadOnlySpan<char> name)
    {
        if (!_spans.TryGetValue(name, out int number))
        {
            string text = name.ToString();
            _numbers[text] = number = _names.Count;
            _names.Add(text);
        }

        return number;
    }

    /// <summary>Sorted by name, so that the order of rows plays no part in how equals are listed; and the place of each number in it.</summary>
    public (string[] Names, int[] Place) Sorted()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        Array.Sort([.. _names], order, StringComparer.Ordinal);
        int[] place = new int[Count];
        for (int k = 0; k < order.Length; k++)
        {
            place[order[k]] = k;
        }

        return ([.. order.Select(k => _names[k])], place);
    }
}
