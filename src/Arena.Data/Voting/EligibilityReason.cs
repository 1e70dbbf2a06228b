namespace Arena.Data.Voting;

/// <summary>Why a ballot counts or not: codes that never change their meaning.</summary>
public static class EligibilityReason
{
    /// <summary>Nothing against it.</summary>
    public const string Ordinary = "ordinary";

    /// <summary>The voter passed: there is nothing to count.</summary>
    public const string Skipped = "skipped";

    /// <summary>Cast by a program through the API.</summary>
    public const string Program = "program";

    /// <summary>Faster than anybody can look.</summary>
    public const string TooFast = "too-fast";

    /// <summary>The voter placed gold items the wrong way round too often.</summary>
    public const string MissedGold = "missed-gold";

    /// <summary>Very many ballots from one network within a short time.</summary>
    public const string Burst = "burst";

    /// <summary>Decided by a maintainer.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>The gold item itself: a test of attention says nothing about entries.</summary>
    public const string Gold = "gold";
}
