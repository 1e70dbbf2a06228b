using System.Security.Cryptography;
using System.Text;
using Arena.Contracts.Workers;
using Arena.Evaluation.Tensors;

namespace Arena.Worker.Runs;

/// <summary>Gathers the outputs of several batches into a chunk. Its memory is reused.</summary>
internal sealed class ChunkBuffer
{
    /// <summary>Samples in a chunk, at most.</summary>
    public const int MostSamples = 4096;

    private const int DescriptionBytes = 64; // more than the header, the tensor's type and its dimensions take

    private readonly OutputRules rules;
    private readonly byte[] data;
    private byte[] packed = [];
    private TensorShape shape;
    private int first;
    private int count;

    /// <param name="rules">What is in a chunk.</param>
    /// <param name="mostBytes">A packed chunk's, at most.</param>
    /// <param name="samples">More will never be added.</param>
    public ChunkBuffer(OutputRules rules, int mostBytes, int samples)
    {
        this.rules = rules;
        var room = (mostBytes - DescriptionBytes - Encoding.UTF8.GetByteCount(rules.Choice.Name)) / rules.BytesEach;
        if (room < 1)
        {
            throw JobFaultException.Worker($"One sample's output does not fit into a chunk of {mostBytes} bytes, the most that the server takes.");
        }

        Capacity = Math.Min(Math.Min(room, MostSamples), samples);
        data = new byte[Capacity * rules.BytesEach];
    }

    /// <summary>Samples that fit.</summary>
    public int Capacity { get; }

    public bool IsEmpty => count == 0;

    public bool IsFull => count == Capacity;

    /// <summary>Takes as many rows as fit.</summary>
    /// <param name="ordinal">Of the first row; follows what is there already.</param>
    /// <param name="sampleShape">The same for all rows of a chunk.</param>
    /// <param name="rows">Whole rows.</param>
    /// <returns>How many rows were taken.</returns>
    public int Add(int ordinal, TensorShape sampleShape, ReadOnlySpan<byte> rows)
    {
        if (IsEmpty)
        {
            first = ordinal;
            shape = sampleShape;
        }
        else if (shape != sampleShape)
        {
            throw JobFaultException.Entry($"Output '{rules.Choice.Name}' changes its shape from one batch to the next: {shape} and then {sampleShape} for each sample.");
        }

        var taken = Math.Min(rows.Length / rules.BytesEach, Capacity - count);
        rows[..(taken * rules.BytesEach)].CopyTo(data.AsSpan(count * rules.BytesEach));
        count += taken;
        return taken;
    }

    /// <summary>Checks, packs and hashes what is there, and begins anew. The body is good until the next call.</summary>
    public ReadOnlyMemory<byte> Pack(out ChunkReference reference)
    {
        var type = rules.Choice.Kind == Evaluation.Suites.OutputKind.Scores ? TensorElementType.Float32 : TensorElementType.Int64;
        var chunk = new OutputChunk(first, count, [new OutputTensor(rules.Choice.Name, type, shape, data.AsMemory(0, count * rules.BytesEach))]);
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
}
