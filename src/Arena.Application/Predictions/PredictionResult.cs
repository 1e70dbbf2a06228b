using Arena.Data.Ids;

namespace Arena.Application.Predictions;

/// <summary>What came of a submission.</summary>
public abstract record PredictionResult
{
    private PredictionResult()
    {
    }

    /// <summary>It is a run on the suite.</summary>
    /// <param name="Entry">The entry's name in addresses.</param>
    /// <param name="Version">Its version with these predictions.</param>
    /// <param name="Run">Finished, or failed with the reason.</param>
    /// <param name="Created">False when the same was handed in before: nothing was changed.</param>
    public sealed record Recorded(string Entry, int Version, RunId Run, bool Created) : PredictionResult;

    /// <summary>Not possible as it is; nothing was stored.</summary>
    /// <param name="Problems">What is wrong and what to do, a sentence each.</param>
    public sealed record Refused(IReadOnlyList<string> Problems) : PredictionResult;

    /// <summary>There is no such suite.</summary>
    public sealed record NotFound : PredictionResult;

    /// <summary>The account may not submit, or not to this entry.</summary>
    public sealed record NotAllowed(string Reason) : PredictionResult;
}
