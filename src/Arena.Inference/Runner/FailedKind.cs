namespace Arena.Inference.Runner;

/// <summary>What kind of failure a Failed frame reports.</summary>
internal enum FailedKind : byte
{
    /// <summary>The model was refused or failed: the entry's fault. The runner goes on.</summary>
    Model = 1,

    /// <summary>The runner cannot work here (no native library): the worker's fault. It exits.</summary>
    Runner = 2,

    /// <summary>A Cancel frame stopped the run. The runner goes on.</summary>
    Cancelled = 3,

    /// <summary>What came in was not a frame that fits. It exits.</summary>
    Protocol = 4,
}
