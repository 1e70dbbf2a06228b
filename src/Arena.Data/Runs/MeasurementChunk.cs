using Arena.Data.Ids;

namespace Arena.Data.Runs;

/// <summary>One metric of one run for consecutive samples; NaN is missing. Written by binary COPY.</summary>
public sealed class MeasurementChunk
{
    public RunId RunId { get; init; }

    public required string Metric { get; init; }

    public int FirstOrdinal { get; init; }

    public int Count { get; init; }

    public required float[] Values { get; init; }
}
