namespace Arena.Application.Voting;

/// <summary>What came of asking for a battle.</summary>
public abstract record DrawResult
{
    private DrawResult()
    {
    }

    /// <summary>A battle to answer.</summary>
    /// <param name="Token">Stands for the battle; answers it once.</param>
    /// <param name="Battle">What it stands for. Not for the voter's eyes before the ballot is accepted.</param>
    /// <param name="ExpiresAt">Until when it can be answered.</param>
    public sealed record Drawn(string Token, DrawnBattle Battle, DateTimeOffset ExpiresAt) : DrawResult;

    /// <summary>There is no arena of that name.</summary>
    public sealed record NoArena : DrawResult;

    /// <summary>Nobody votes here now.</summary>
    /// <param name="Reason">A sentence for the voter.</param>
    public sealed record NotNow(string Reason) : DrawResult;

    /// <summary>Too many in a short time.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : DrawResult;
}
