using Arena.Contracts.Workers;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Worker.Runs;

/// <summary>What the model has to answer, checked before anything is sent: by the server's own rules, which need no right answers.</summary>
internal sealed class OutputRules
{
    private readonly TaskFamily family;
    private readonly TaskDefinition task;

    private OutputRules(OutputChoice choice, TaskFamily family, TaskDefinition task)
    {
        Choice = choice;
        this.family = family;
        this.task = task;
    }

    public OutputChoice Choice { get; }

    /// <exception cref="JobFaultException">This worker does not know the kind of output, or the suite makes no sense.</exception>
    public static OutputRules Create(OutputContract contract)
    {
        if (!TaskFamilies.TryGet(contract.Family, out var family))
        {
            throw JobFaultException.Worker($"This worker does not know tasks of {contract.Family}. Update it.");
        }

        if (!OutputKinds.TryParse(contract.Kind, out var kind) || !family.OutputKinds.Contains(kind))
        {
            throw JobFaultException.Worker($"This worker does not know outputs of kind '{contract.Kind}' in {contract.Family}. Update it.");
        }

        return family.WithSizes([.. contract.Sizes]) is { } task
            ? new OutputRules(new OutputChoice(contract.Name, kind), family, task)
            : throw JobFaultException.Suite($"A task of {contract.Family} cannot have the sizes {string.Join(", ", contract.Sizes)}.");
    }

    /// <summary>The type and shape of one sample's output.</summary>
    /// <exception cref="JobFaultException">The output's type or shape breaks the contract: the entry's fault.</exception>
    public (TensorElementType Type, TensorShape Shape) Check(Inference.OutputTensor output, int batch)
    {
        var dimensions = output.Dimensions;
        if (dimensions.Length is 0 or > PackedOutputs.MaxRank || dimensions[0] != batch)
        {
            throw JobFaultException.Entry($"Output '{Choice.Name}' has the shape {Text(dimensions)} for a batch of {batch} samples; its first axis must be the samples'.");
        }

        Span<int> each = stackalloc int[PackedOutputs.MaxRank];
        for (var i = 1; i < dimensions.Length; i++)
        {
            each[i - 1] = (int)Math.Min(dimensions[i], int.MaxValue);
        }

        var shape = TensorShape.Create(each[..(dimensions.Length - 1)]);
        var type = (TensorElementType)(int)output.ElementType; // both are ONNX's numbers
        var fault = Enum.IsDefined(type)
            ? family.CheckOutput(task, Choice, type, shape)
            : $"Output '{Choice.Name}' is made of {output.ElementType}; {family.Demand(task, Choice)}.";
        return fault is null ? (type, shape) : throw JobFaultException.Entry(fault);
    }

    /// <exception cref="JobFaultException">A number in the chunk breaks the contract: the entry's fault.</exception>
    public void CheckNumbers(OutputChunk chunk)
    {
        if (family.FindFault(task, Choice, chunk) is { } fault)
        {
            throw JobFaultException.Entry(fault);
        }
    }

    private static string Text(ReadOnlySpan<long> dimensions) => "[" + string.Join(", ", dimensions.ToArray()) + "]";
}
