namespace Arena.Contracts.Workers;

/// <summary>Jobs of one run, leased together, so that the model is loaded once.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Entry">Entry's name and version, for the log only.</param>
/// <param name="Model">The model file.</param>
/// <param name="Input">The suite's input tensor, one row a sample.</param>
/// <param name="Preprocessing">From a row to what the model takes.</param>
/// <param name="Output">The model's output that counts.</param>
/// <param name="Limits">What the evaluation may use.</param>
/// <param name="Jobs">At least one.</param>
public sealed record RunLease(
    Guid RunId,
    string Entry,
    Artefact Model,
    InputArtefact Input,
    PreprocessingStep Preprocessing,
    OutputContract Output,
    EvaluationLimits Limits,
    IReadOnlyList<JobLease> Jobs);

/// <param name="JobId">The job.</param>
/// <param name="Attempt">Goes with every chunk.</param>
/// <param name="LeaseToken">Proves the lease; opaque.</param>
/// <param name="ExpiresInSeconds">Of the lease, from the answer on: no clock is compared.</param>
/// <param name="FirstOrdinal">First sample.</param>
/// <param name="Count">Number of consecutive samples.</param>
public sealed record JobLease(long JobId, int Attempt, Guid LeaseToken, int ExpiresInSeconds, int FirstOrdinal, int Count);

/// <summary>A file to fetch.</summary>
/// <param name="Url">Relative to the server; signed, and good as long as the first job's lease.</param>
/// <param name="Sha256">What the bytes must hash to, lower-case hexadecimal.</param>
/// <param name="Size">In bytes.</param>
public sealed record Artefact(string Url, string Sha256, long Size);

/// <summary>An NPY file whose first axis is the sample's ordinal.</summary>
/// <param name="Name">Of the suite's input.</param>
/// <param name="ElementType">uint8, int64 or float32.</param>
/// <param name="SampleShape">Of one sample.</param>
/// <param name="File">The file.</param>
public sealed record InputArtefact(string Name, string ElementType, IReadOnlyList<int> SampleShape, Artefact File);

/// <summary>out = in · scale + offset, cast to the element type, reshaped to [batch, shape…].</summary>
public sealed record PreprocessingStep(string Name, string ElementType, IReadOnlyList<int> Shape, double Scale, double Offset);

/// <summary>Which output counts.</summary>
/// <param name="Name">The output's name in the model.</param>
/// <param name="Kind">What it means: <c>scores</c>, <c>label</c> or <c>image</c>.</param>
/// <param name="Family">The suite's task family, whose rules the output must keep.</param>
/// <param name="Sizes">What the family's rules have to know of the suite: how many classes; a picture's height and width.</param>
public sealed record OutputContract(string Name, string Kind, string Family, IReadOnlyList<int> Sizes);

/// <param name="TimeoutSeconds">Wall clock for one job.</param>
/// <param name="MemoryBytes">For the runner.</param>
public sealed record EvaluationLimits(int TimeoutSeconds, long MemoryBytes);
