namespace Arena.Inference.Runner;

/// <summary>Bytes that are not a frame of this protocol. What follows them cannot be trusted either.</summary>
internal sealed class FrameException(string message) : Exception(message);
