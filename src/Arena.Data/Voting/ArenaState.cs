namespace Arena.Data.Voting;

/// <summary>Where an arena is in its life. Stored by name.</summary>
public enum ArenaState
{
    /// <summary>Being made; nobody votes.</summary>
    Draft,

    /// <summary>People vote; its samples' outputs are shown nowhere else.</summary>
    Open,

    /// <summary>Voting has ended; ballots stay.</summary>
    Closed,
}
