using Arena.Data.Voting;

namespace Arena.Web.Voting;

/// <summary>What a ballot's eligibility means, in a sentence for the voter.</summary>
internal static class ReceiptText
{
    public static string Of(Eligibility eligibility, string reason) => (eligibility, reason) switch
    {
        (Eligibility.Counted, _) => "Your ballot counts.",
        (_, EligibilityReason.Skipped) => "You passed: nothing is counted.",
        (_, EligibilityReason.Gold) => "This was a control battle with a known answer. It helps to trust the ballots, and does not change the board.",
        (_, EligibilityReason.Program) => "Kept and marked as a program's ballot; this board counts people's.",
        (Eligibility.Pending, EligibilityReason.TooFast) => "Kept, and waiting for a person's decision: it came faster than one can look.",
        (Eligibility.Pending, EligibilityReason.Burst) => "Kept, and waiting for a person's decision: very many ballots came from your network within a minute.",
        (Eligibility.Pending, EligibilityReason.MissedGold) => "Kept, and waiting for a person's decision: several control battles were answered the other way round.",
        (Eligibility.Pending, _) => "Kept, and waiting for a person's decision.",
        (Eligibility.Excluded, EligibilityReason.Reviewed) => "A maintainer decided that it does not count.",
        _ => "It does not count.",
    };
}
