using Arena.Ranking.Anomalies;

namespace Arena.Ranking;

/// <summary>In which way votes do not fit the board.</summary>
public enum VoteAnomalyKind
{
    /// <summary>One competitor wins more often than it should.</summary>
    Favours,

    /// <summary>One competitor loses more often than it should.</summary>
    Opposes,

    /// <summary>The better one wins less often than it should: random or contrary votes.</summary>
    Disagrees,

    /// <summary>One competitor is on more of the ballots than matchmaking gives others: other slates were skipped.</summary>
    Concentrates,
}

/// <summary>A voter's strangest trait.</summary>
/// <param name="Voter">Index of the voter.</param>
/// <param name="Ballots">Ballots cast.</param>
/// <param name="Kind">What is strange.</param>
/// <param name="Competitor">Whom it is about; −1 for <see cref="VoteAnomalyKind.Disagrees"/>.</param>
/// <param name="Observed">Score seen: wins (ties ½), or ballots with the competitor.</param>
/// <param name="Expected">Score that the board's fit expects.</param>
/// <param name="PValue">At most so likely for an honest voter, all traits tested for this voter accounted for.</param>
/// <param name="AdjustedPValue">Corrected over voters (Benjamini–Hochberg).</param>
/// <param name="Flagged">Whether it is at or under the false discovery rate.</param>
public sealed record VoterAnomaly(
    int Voter,
    int Ballots,
    VoteAnomalyKind Kind,
    int Competitor,
    double Observed,
    double Expected,
    double PValue,
    double AdjustedPValue,
    bool Flagged);

/// <summary>A stretch of votes, whoever cast them, in which one competitor did better than it should.</summary>
/// <param name="Competitor">Who.</param>
/// <param name="FirstBallot">Index of the first ballot.</param>
/// <param name="LastBallot">Index of the last ballot.</param>
/// <param name="Observed">Its score in the strangest window inside.</param>
/// <param name="Expected">The score that the board's fit expects there.</param>
/// <param name="AdjustedPValue">Corrected over all windows of all competitors (Benjamini–Hochberg).</param>
public sealed record VoteBurst(int Competitor, int FirstBallot, int LastBallot, double Observed, double Expected, double AdjustedPValue);

/// <summary>Accounts of little activity that, taken together, have a competitor win, lose or appear more often than more active ones do.</summary>
/// <param name="Kind">Favours, opposes or concentrates.</param>
/// <param name="Competitor">Whom it is about.</param>
/// <param name="LeastBallots">The accounts cast so many ballots at least.</param>
/// <param name="MostBallots">The accounts cast so many ballots at most.</param>
/// <param name="Accounts">How many accounts were looked at: those with the competitor on a ballot, or (concentrates) all.</param>
/// <param name="Observed">Mean score, or share of ballots with the competitor, added up over accounts.</param>
/// <param name="Expected">What that is expected to be at most (opposes: at least), taste and the more active accounts' uncertainty allowed for.</param>
/// <param name="AdjustedPValue">Corrected over all such tests (Holm).</param>
public sealed record VoteCrowd(
    VoteAnomalyKind Kind,
    int Competitor,
    int LeastBallots,
    int MostBallots,
    int Accounts,
    double Observed,
    double Expected,
    double AdjustedPValue);

/// <summary>What a person should look at. Nothing is weighted or left out by itself.</summary>
/// <param name="Voters">Every voter with enough ballots, strangest first.</param>
/// <param name="Bursts">Bursts at or under the false discovery rate, surest first.</param>
/// <param name="Crowds">Crowds, each at or under the same level for all of them together, surest first.</param>
public sealed record VoteAnomalyReport(IReadOnlyList<VoterAnomaly> Voters, IReadOnlyList<VoteBurst> Bursts, IReadOnlyList<VoteCrowd> Crowds)
{
    /// <summary>The flagged voters.</summary>
    public IReadOnlyList<int> FlaggedVoters { get; } = [.. Voters.Where(v => v.Flagged).Select(v => v.Voter)];

    /// <summary>The ballots without those of the flagged voters, for a second board beside the first.</summary>
    /// <param name="ballots">The ballots that were looked at.</param>
    /// <param name="bursts">Whether, within bursts, ballots on their competitor by voters with too few ballots to be tested go too.</param>
    /// <param name="crowds">Whether ballots on a crowd's competitor by accounts of the crowd's activity go too, honest ones among them.</param>
    public Ballots Without(Ballots ballots, bool bursts = false, bool crowds = false)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        HashSet<int> flagged = [.. FlaggedVoters], tested = [.. Voters.Select(v => v.Voter)];
        (int[] voters, int[] activity) = crowds && Crowds.Count > 0 ? CrowdScan.Activity(ballots) : ([], []);
        var kept = new List<int>(ballots.Count);
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            bool inBurst = false;
            for (int k = 0; k < Bursts.Count && bursts && !inBurst && !tested.Contains(ballot.Voter); k++)
            {
                inBurst = b >= Bursts[k].FirstBallot && b <= Bursts[k].LastBallot && ballot.Competitors.Contains(Bursts[k].Competitor);
            }

            bool inCrowd = false;
            for (int k = 0; k < Crowds.Count && crowds && !inCrowd && voters[b] >= 0; k++)
            {
                inCrowd = activity[voters[b]] >= Crowds[k].LeastBallots && activity[voters[b]] <= Crowds[k].MostBallots && ballot.Competitors.Contains(Crowds[k].Competitor);
            }

            if (!flagged.Contains(ballot.Voter) && !inBurst && !inCrowd)
            {
                kept.Add(b);
            }
        }

        return ballots.Select(kept.ToArray());
    }
}
