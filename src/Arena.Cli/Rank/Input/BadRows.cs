using System.Globalization;
using System.Text;

namespace Arena.Cli.Rank.Input;

/// <summary>Rows that say nothing a method could use. They refuse the input, unless they are to be left out.</summary>
/// <param name="leaveOut">Whether they are to be left out.</param>
internal sealed class BadRows(bool leaveOut)
{
    private const int Shown = 10;
    private const int Enough = 1000;

    private readonly List<string> _first = [];

    public long Count { get; private set; }

    public void Add(string place, string message)
    {
        Count++;
        if (_first.Count < Shown)
        {
            _first.Add($"{place}: {message}");
        }

        if (Count == Enough && !leaveOut)
        {
            throw new RefusedException(Text());
        }
    }

    /// <summary>Refuses when there are any and they are not to be left out.</summary>
    public void Check()
    {
        if (Count > 0 && !leaveOut)
        {
            throw new RefusedException(Text());
        }
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (string line in _first)
        {
            text.Append(line).Append('\n');
        }

        string more = Count == Enough ? "or more " : "";
        return text.Append(CultureInfo.InvariantCulture, $"{Count:N0} {more}{(Count == 1 ? "row" : "rows")} cannot be read{(Count > Shown ? $", the first {Shown} of them above" : "")}. Correct them, or leave such rows out with --skip-bad-rows.").ToString();
    }
}
