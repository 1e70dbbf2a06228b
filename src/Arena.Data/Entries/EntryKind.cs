namespace Arena.Data.Entries;

/// <summary>What an entry is made of.</summary>
public enum EntryKind
{
    OnnxModel,
    RouterPolicy,
    Predictions,
    GameAgent,
}
