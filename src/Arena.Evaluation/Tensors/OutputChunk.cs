using System.Collections.Immutable;

namespace Arena.Evaluation.Tensors;

/// <summary>What a model answered for the samples FirstOrdinal … FirstOrdinal + Count - 1.</summary>
public sealed record OutputChunk(int FirstOrdinal, int Count, ImmutableArray<OutputTensor> Outputs)
{
    /// <summary>The output of that name, or null.</summary>
    public OutputTensor? Find(string name)
    {
        foreach (var output in Outputs)
        {
            if (string.Equals(output.Name, name, StringComparison.Ordinal))
            {
                return output;
            }
        }

        return null;
    }
}
