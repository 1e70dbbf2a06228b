namespace Arena.Inference;

/// <summary>What kind of value an input or output is. The numbers are ONNX Runtime's own (ONNXType). Only tensors can be run.</summary>
public enum ValueKind
{
    Unknown = 0,
    Tensor = 1,
    Sequence = 2,
    Map = 3,
    Opaque = 4,
    SparseTensor = 5,
    Optional = 6,
}
