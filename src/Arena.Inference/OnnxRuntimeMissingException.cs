namespace Arena.Inference;

/// <summary>The native library is not here, is for another platform, or is too old. The message says what to do.</summary>
public sealed class OnnxRuntimeMissingException(string message, Exception? inner = null) : Exception(message, inner);
