namespace Arena.Evaluation.Suites;

/// <summary>How much of a stranger's suite is read before it is refused.</summary>
public sealed record SuiteReadLimits
{
    public static SuiteReadLimits Default { get; } = new();

    /// <summary>Files in a suite. Default: 1,000.</summary>
    public int MaxFiles { get; init; } = 1000;

    /// <summary>Bytes of one file. Default: 256 MiB.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of all files, unpacked. Default: 512 MiB.</summary>
    public long MaxTotalBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of an archive as it is sent. Default: 256 MiB.</summary>
    public long MaxArchiveBytes { get; init; } = 256L << 20;

    /// <summary>Unpacked bytes for each packed one, looked at once <see cref="RatioFreeBytes"/> are unpacked. Default: 200.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>What may be unpacked at any ratio. Default: 8 MiB.</summary>
    public long RatioFreeBytes { get; init; } = 8L << 20;
}
