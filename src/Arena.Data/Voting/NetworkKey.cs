namespace Arena.Data.Voting;

/// <summary>The key of one day's network digests. It is deleted soon after, and then nothing leads from a digest to a network.</summary>
public sealed class NetworkKey
{
    public DateOnly Day { get; init; }

    public required byte[] Key { get; init; }
}
