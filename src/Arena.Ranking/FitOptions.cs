namespace Arena.Ranking;

/// <summary>What every fit shares: how intervals are made.</summary>
public abstract record FitOptions
{
    private protected FitOptions()
    {
    }

    /// <summary>Level of every interval, inside (0, 1). Default: 0.95.</summary>
    public double Confidence
    {
        get;
        init => field = Require.Share(value, "The confidence lies between 0 and 1, such as 0.95.");
    } = 0.95;

    /// <summary>Bootstrap rounds, 1 or more. Default: 2,000.</summary>
    public int Rounds
    {
        get;
        init => field = Require.AtLeast(value, 1, "The bootstrap needs 1 round or more, such as 2,000.");
    } = 2000;

    /// <summary>Seed of the bootstrap. The same seed and data give the same result, whatever the number of threads. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads to use at most; -1 is one a core. Changes the time only. Default: -1.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = Require.That(value, value is -1 or >= 1, "Give a number of threads, or -1 for one a core.");
    } = -1;
}

/// <summary>Options of <see cref="MeanScore"/>.</summary>
public sealed record MeanScoreOptions : FitOptions;
