namespace Arena.Data.Voting;

/// <summary>By which way a ballot came in. Stored as a number.</summary>
public enum BallotSource
{
    /// <summary>The voting page.</summary>
    Page,

    /// <summary>The HTTP API with a personal token: off the human boards unless an arena says otherwise.</summary>
    Api,

    /// <summary>A file of votes recorded elsewhere.</summary>
    Replay,
}
