using System.Collections.Immutable;
using System.Globalization;
using Arena.Contracts.Workers;
using Arena.Evaluation.Families.Classification;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Worker.Runs;

/// <summary>What the model has to answer, checked before anything is sent: by the server's own rules, which need neither labels nor the classes' names.</summary>
internal sealed class OutputRules
{
    private readonly ClassificationTask task;

    private OutputRules(OutputChoice choice, ClassificationTask task, int bytesEach)
    {
        Choice = choice;
        this.task = task;
        BytesEach = bytesEach;
    }

    public OutputChoice Choice { get; }

    /// <summary>Bytes of one sample's output.</summary>
    public int BytesEach { get; }

    /// <exception cref="JobFaultException">This worker does not know the kind of output.</exception>
    public static OutputRules Create(OutputContract contract)
    {
        if (!OutputKinds.TryParse(contract.Kind, out var kind))
        {
            throw JobFaultException.Worker($"This worker does not know outputs of kind '{contract.Kind}'. Update it.");
        }

        if (contract.Classes is < 1 or > ClassificationFamily.MaxClasses)
        {
            throw JobFaultException.Suite($"The suite has {contract.Classes} classes; 1 to {ClassificationFamily.MaxClasses} are possible.");
        }

        // the classes' names stay with the server; how many there are is all that the rules ask
        ImmutableArray<string> classes = [.. Enumerable.Range(0, contract.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return new OutputRules(new OutputChoice(contract.Name, kind), new ClassificationTask(classes), kind == OutputKind.Scores ? contract.Classes * sizeof(float) : sizeof(long));
    }

    /// <summary>The shape of one sample's output.</summary>
    /// <exception cref="JobFaultException">The output's type or shape breaks the contract: the entry's fault.</exception>
    public TensorShape CheckShape(Inference.OutputTensor output, int batch)
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
            ? ClassificationFamily.Instance.CheckOutput(task, Choice, type, shape)
            : $"Output '{Choice.Name}' is made of {output.ElementType}; {(Choice.Kind == OutputKind.Scores ? "scores must be float32" : "labels must be int64")}.";
        return fault is null ? shape : throw JobFaultException.Entry(fault);
    }

    /// <exception cref="JobFaultException">A number in the chunk breaks the contract: the entry's fault.</exception>
    public void CheckNumbers(OutputChunk chunk)
    {
        if (ClassificationFamily.Instance.FindFault(task, Choice, chunk) is { } fault)
        {
            throw JobFaultException.Entry(fault);
        }
    }

    private static string Text(ReadOnlySpan<long> dimensions) => "[" + string.Join(", ", dimensions.ToArray()) + "]";
}
