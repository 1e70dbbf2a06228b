using System.Diagnostics.CodeAnalysis;

namespace Arena.Evaluation.Tensors;

/// <summary>The element types Arena moves between suites, models and scores. The numbers are ONNX's own
/// (TensorProto.DataType), and they are stored and sent: never change one.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are the names of element types.")]
public enum TensorElementType
{
    Float32 = 1,
    UInt8 = 2,
    Int64 = 7,

    /// <summary>Texts: only in outputs, of any length each (see <see cref="PackedTexts"/>).</summary>
    String = 8,
}
