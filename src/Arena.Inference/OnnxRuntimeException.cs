namespace Arena.Inference;

/// <summary>ONNX Runtime refused or failed: its message as it gave it, and its code.</summary>
public sealed class OnnxRuntimeException(OnnxRuntimeErrorCode code, string message) : Exception(message)
{
    public OnnxRuntimeErrorCode Code { get; } = code;
}
