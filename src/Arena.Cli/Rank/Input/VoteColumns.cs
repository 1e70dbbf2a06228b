using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Voter, prompt and weight of every vote, as numbers.</summary>
internal sealed class VoteColumns(RowContext rows)
{
    private readonly NameTable _voters = new();
    private readonly NameTable _prompts = new();

    /// <summary>Reads the current row's; false, with the mistake noted, where the weight is none.</summary>
    public bool TryRead(out BallotDetails details)
    {
        details = default;
        ReadOnlySpan<char> voter = rows[ColumnRole.Voter];
        int v = voter.IsEmpty ? -1 : _voters.Number(voter);
        ReadOnlySpan<char> prompt = rows[ColumnRole.Prompt];
        int p = prompt.IsEmpty ? -1 : _prompts.Number(prompt);
        double weight = 1;
        ReadOnlySpan<char> written = rows[ColumnRole.Weight];
        if (!written.IsEmpty && (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out weight) || !double.IsFinite(weight) || weight < 0))
        {
            rows.Bad($"the weight '{Outcomes.Short(written)}' is no number of 0 or more");
            return false;
        }

        details = new BallotDetails(weight, v, p);
        return true;
    }
}
