namespace Arena.Contracts.Workers;

/// <summary>All of a job's chunks are with the server: this attempt becomes the result.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Chunks">Every chunk of it; together they cover the job's samples exactly once.</param>
/// <param name="ComputeSeconds">Time in the model, for throughput.</param>
public sealed record CompleteRequest(int Attempt, IReadOnlyList<ChunkReference> Chunks, double ComputeSeconds);

/// <param name="FirstOrdinal">First sample of the chunk.</param>
/// <param name="Count">Samples in it.</param>
/// <param name="Digest">SHA-256 of its body, lower-case hexadecimal.</param>
public sealed record ChunkReference(int FirstOrdinal, int Count, string Digest);

/// <param name="State"><c>done</c>, or <c>failed</c> when the server refused the outputs as the entry's fault.</param>
/// <param name="Reason">With <c>failed</c>: why.</param>
public sealed record CompleteAnswer(string State, string? Reason);
