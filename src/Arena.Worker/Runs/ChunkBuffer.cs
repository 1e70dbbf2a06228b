using System.Security.Cryptography;
using System.Text;
using Arena.Contracts.Workers;
using Arena.Evaluation.Tensors;

namespace Arena.Worker.Runs;

/// <summary>Gathers the outputs of several batches into a chunk. Its memory is reused.</summary>
/// <param name="rules">What is in a chunk.</param>
/// <param name="mostBytes">A packed chunk's, at most.</param>
/// <param name="samples">More will never be added.</param>
internal sealed class ChunkBuffer(OutputRules rules, int mostBytes, int samples)
{
    /// <summary>Samples in a chunk, at most.</summary>
    public const int MostSamples = 4096;

    private const int DescriptionBytes = 64; // more than the header, the tensor's type and its dimensions take

    private byte[] data = [];
    private byte[] packed = [];
    private (TensorElementType Type, TensorShape Shape) each;
    private int bytesEach;
    private int capacity;
    private int first;
    private int count;

    public bool IsEmpty => count == 0;

    /// <summary>Whether a sample more would not fit.</summary>
    public bool IsFull => count > 0 && count == capacity;

    /// <summary>Takes as many rows as fit.</summary>
    /// <param name="ordinal">Of the first row; follows what is there already.</param>
    /// <param name="sample">The type and shape of a row, the same for all rows of a chunk.</param>
    /// <param name="rows">Whole rows.</param>
    /// <returns>How many rows were taken.</returns>
    public int Add(int ordinal, (TensorElementType Type, TensorShape Shape) sample, ReadOnlySpan<byte> rows)
    {
        if (IsEmpty)
        {
            first = ordinal;
            MakeRoom(sample);
        }
        else if (each != sample)
        {
            throw JobFaultException.Entry($"Output '{rules.Choice.Name}' changes from one batch to the next: {each.Type.Name()} {each.Shape} and then {sample.Type.Name()} {sample.Shape} for each sample.");
        }

        var taken = Math.Min(rows.Length / bytesEach, capacity - count);
        rows[..(taken * bytesEach)].CopyTo(data.AsSpan(count * bytesEach));
        count += taken;
        return taken;
    }

    /// <summary>Checks, packs and hashes what is there, and begins anew. The body is good until the next call.</summary>
    public ReadOnlyMemory<byte> Pack(out ChunkReference reference)
    {
        var chunk = new OutputChunk(first, count, [new OutputTensor(rules.Choice.Name, each.Type, each.Shape, data.AsMemory(0, count * bytesEach))]);
        rules.CheckNumbers(chunk);
        var length = PackedOutputs.GetLength(chunk);
        if (packed.Length < length)
        {
            packed = new byte[length];
        }

        PackedOutputs.Write(chunk, packed);
        var body = packed.AsMemory(0, length);
        reference = new ChunkReference(first, count, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
        count = 0;
        return body;
    }

    /// <summary>Forgets what is there.</summary>
    public void Clear() => count = 0;

    private void MakeRoom((TensorElementType Type, TensorShape Shape) sample)
    {
        each = sample;
        var bytes = sample.Shape.ElementCount * sample.Type.SizeInBytes();
        var room = (mostBytes - DescriptionBytes - Encoding.UTF8.GetByteCount(rules.Choice.Name)) / bytes;
        if (room < 1)
        {
            throw JobFaultException.Worker($"One sample's output of {bytes} bytes does not fit into a chunk of {mostBytes} bytes, the most that the server takes.");
        }

        bytesEach = (int)bytes;
        capacity = (int)Math.Min(Math.Min(room, MostSamples), samples);
        if (data.Length < capacity * bytesEach)
        {
            data = new byte[capacity * bytesEach];
        }
    }
}
