using System.Runtime.InteropServices;
using Arena.Evaluation.Tensors;
using Arena.Tests.Support;

namespace Arena.Tests.Worker;

/// <summary>Another worker can be written from docs/worker-protocol.md only if its example is what this one sends.</summary>
public sealed class WorkerProtocolDocumentTests
{
    [Fact]
    public async Task PackedOutputs_TheExample_IsWhatIsSent()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "worker-protocol.md"));
        var example = text.Split("For example the labels 7 and 9", 2)[1].Split("```", 3)[1];

        var labels = MemoryMarshal.AsBytes<long>([7, 9]).ToArray();
        var packed = PackedOutputs.Encode(new OutputChunk(256, 2, [new OutputTensor("label", TensorElementType.Int64, TensorShape.Scalar, labels)]));

        Assert.Equal(Convert.FromHexString(string.Concat(example.Where(char.IsAsciiHexDigit))), packed);
    }
}
