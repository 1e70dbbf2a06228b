using System.Globalization;

namespace Arena.Cli.Rank.Input;

/// <summary>
/// Times as people write them: dates and times of ISO 8601 (UTC where no zone is named), seconds, milliseconds or microseconds since 1970 (told by
/// their size), or any other numbers.
/// </summary>
internal sealed class TimeColumn
{
    private static readonly (double From, double ToDays)[] Units = [(1e14, 1e6), (1e11, 1e3), (1e8, 1)];

    private readonly List<double> _values = [];
    private readonly LateColumn<bool> _dates = new(false);
    private string? _mistake;

    /// <param name="text">What stands in the file.</param>
    /// <param name="place">Where.</param>
    /// <returns>False where it is no time; it is held as unknown then.</returns>
    public bool Add(ReadOnlySpan<char> text, string place)
    {
        bool number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        bool date = false;
        // only with the year first: which of 3/4/2024 is the month, nobody knows
        if (!number && text.Length >= 8 && text[..4].IndexOfAnyExceptInRange('0', '9') < 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            (date, value) = (true, (time - DateTimeOffset.UnixEpoch).TotalDays);
        }

        if (!number && !date)
        {
            value = double.NaN;
            _mistake ??= $"{place}: {(text.IsEmpty ? "it has no time" : $"the time '{Outcomes.Short(text)}' is neither a number nor a date such as 2024-07-29 or 2024-07-29T13:05:00Z")}";
        }

        _values.Add(value);
        _dates.Add(date);
        return number || date;
    }

    public VoteTimes Finish(string column)
    {
        double[] values = [.. _values];
        bool dates = !_dates.Values.IsEmpty;
        double largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        double unit = dates ? 0 : Units.FirstOrDefault(u => largest >= u.From).ToDays;
        for (int v = 0; unit > 0 && v < values.Length; v++)
        {
            values[v] /= 86_400 * unit;
        }

        string? mixed = dates && _dates.Values.Contains(false) && _mistake is null ? $"the column '{column}' holds dates on some rows and numbers on others" : null;
        return new VoteTimes(column, values, dates || unit > 0, _mistake ?? mixed);
    }
}
