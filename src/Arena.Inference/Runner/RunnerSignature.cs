using System.Collections.Immutable;

namespace Arena.Inference.Runner;

/// <summary>What a loaded model takes and gives, in the order in which runs hand tensors in and out.</summary>
/// <param name="Inputs">The inputs to hand in.</param>
/// <param name="Outputs">The outputs that come back.</param>
/// <param name="RuntimeVersion">ONNX Runtime's version in the runner.</param>
public sealed record RunnerSignature(ImmutableArray<ValueInfo> Inputs, ImmutableArray<ValueInfo> Outputs, string RuntimeVersion)
{
    internal byte[] ToFrame(uint request)
    {
        var payload = new PayloadWriter().Text(RuntimeVersion);
        foreach (var values in (ImmutableArray<ValueInfo>[])[Inputs, Outputs])
        {
            payload.Int32(values.Length);
            foreach (var value in values)
            {
                payload.Text(value.Name).Byte((byte)value.Kind).Byte((byte)value.ElementType).Int32(value.Dimensions.Length);
                for (int i = 0; i < value.Dimensions.Length; i++)
                    payload.Int64(value.Dimensions[i]).Text(value.SymbolicNames[i]);
            }
        }

        return payload.ToFrame(FrameType.Loaded, request);
    }

    internal static RunnerSignature Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        string version = reader.Text();
        var signature = new RunnerSignature(Values(ref reader), Values(ref reader), version);
        reader.End();
        return signature;
    }

    private static ImmutableArray<ValueInfo> Values(ref PayloadReader reader)
    {
        var values = new ValueInfo[reader.Count(10)];
        for (int v = 0; v < values.Length; v++)
        {
            string name = reader.Text();
            var kind = (ValueKind)reader.Byte();
            var type = (TensorElementType)reader.Byte();
            int rank = reader.Count(12);
            long[] dimensions = new long[rank];
            string[] symbols = new string[rank];
            for (int i = 0; i < rank; i++)
                (dimensions[i], symbols[i]) = (reader.Int64(), reader.Text());
            values[v] = new ValueInfo(name, kind, type, [.. dimensions], [.. symbols]);
        }

        return [.. values];
    }
}
