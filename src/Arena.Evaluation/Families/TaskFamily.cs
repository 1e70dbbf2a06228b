using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Families;

/// <summary>A kind of question and how its answers are scored. A family is one class in a folder of its own, listed in
/// <see cref="TaskFamilies"/>; it holds no state.</summary>
public abstract class TaskFamily
{
    /// <summary>The name in suite.yaml.</summary>
    public abstract string Name { get; }

    /// <summary>The kinds of output it can score.</summary>
    public abstract ImmutableArray<OutputKind> OutputKinds { get; }

    /// <summary>The metrics it can measure.</summary>
    public abstract ImmutableArray<FamilyMetric> Metrics { get; }

    /// <summary>Whether samples.csv says the right answer of each sample, in its column <c>label</c>.</summary>
    public abstract bool HasLabels { get; }

    /// <summary>The keys of <c>task</c> beside <c>family</c>.</summary>
    internal abstract KeySet TaskKeys { get; }

    /// <summary>Whether its samples are texts; else they are tensors.</summary>
    public virtual bool ReadsTexts => false;

    /// <summary>Reads the keys of <c>task</c>; null after reporting what is wrong.</summary>
    /// <param name="input">What the suite's samples are; null where that could not be read.</param>
    internal abstract TaskDefinition? ReadTask(YamlMap task, SuiteInput? input);

    /// <summary>Those of <see cref="Metrics"/> that can be measured in this task.</summary>
    public virtual ImmutableArray<FamilyMetric> MetricsOf(TaskDefinition task) => Metrics;

    /// <summary>Looks at a label of samples.csv; asked only where there are labels.</summary>
    /// <returns>Why it is none, to follow "samples.csv line 17: "; null when it is one.</returns>
    public virtual string? CheckLabel(TaskDefinition task, string label) => null;

    /// <summary>Reads the right answers.</summary>
    /// <param name="ids">Each sample's id, by ordinal.</param>
    /// <param name="labels">Each sample's label, by ordinal; <see cref="CheckLabel"/> found nothing wrong. Empty texts where there are none.</param>
    /// <param name="files">At least those of <see cref="TaskDefinition.ReferenceFiles"/>, by path.</param>
    /// <param name="errors">What is wrong with the files; empty when all was read.</param>
    public abstract bool TryReadReference(
        TaskDefinition task,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> labels,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out ScoringReference? reference,
        out ImmutableArray<SuiteError> errors);

    /// <summary>All that checking an output has to know of a task, as numbers: workers are told these and nothing else of it.</summary>
    public abstract ImmutableArray<int> SizesOf(TaskDefinition task);

    /// <summary>A task of these sizes, as good as the suite's own for <see cref="CheckOutput"/> and <see cref="FindFault"/>; null when there can be none.</summary>
    public abstract TaskDefinition? WithSizes(ReadOnlySpan<int> sizes);

    /// <summary>What an output of that kind must be, as in "labels must be int64 [N]".</summary>
    public abstract string Demand(TaskDefinition task, OutputChoice choice);

    /// <summary>Whether an output of this type and shape can be scored; -1 is a dimension that is only known at run time.</summary>
    /// <returns>Why not, a sentence; null when it can.</returns>
    public string? CheckOutput(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Accepts(task, choice, elementType, sampleShape)
            ? null
            : $"Output '{choice.Name}' is {elementType.Name()} {sampleShape.Prepend(TensorShape.Dynamic)}; {Demand(task, choice)}.";
    }

    /// <summary>Looks for what breaks the contract in a chunk of outputs; needs no right answers, so a worker can ask too.</summary>
    /// <returns>The entry's fault, a sentence; null when there is none.</returns>
    public string? FindFault(TaskDefinition task, OutputChoice choice, OutputChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        if (chunk.Find(choice.Name) is not { } output)
        {
            return $"The model gave no output '{choice.Name}'; it gave {string.Join(", ", chunk.Outputs.Select(o => $"'{o.Name}'"))}. Choose one of these.";
        }

        if (CheckOutput(task, choice, output.ElementType, output.SampleShape) is { } mismatch)
        {
            return mismatch;
        }

        return output.SampleShape.HasDynamic || !output.Holds(chunk.Count)
            ? $"Output '{choice.Name}' has {output.Data.Length} bytes; {chunk.Count} samples of {output.ElementType.Name()} {output.SampleShape} were expected. The model must answer every sample of the batch."
            : FindBadValue(task, choice, output, chunk.FirstOrdinal);
    }

    /// <summary>Scores a chunk.</summary>
    /// <param name="metrics">What to measure; each must be one of <see cref="Metrics"/>.</param>
    /// <param name="reference">The right answers of all the suite's samples.</param>
    /// <exception cref="ArgumentException">The reference answers the chunk's samples and is of this family, and the family knows the metrics.</exception>
    public ScoreOutcome Score(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ScoringReference reference)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(reference);
        if (chunk.FirstOrdinal > reference.Samples - chunk.Count)
        {
            throw new ArgumentException($"Samples {chunk.FirstOrdinal} to {chunk.FirstOrdinal + chunk.Count - 1} are to be scored, and the reference ends at {reference.Samples - 1}.", nameof(reference));
        }

        return FindFault(task, choice, chunk) is { } fault ? new ScoreOutcome.EntryFault(fault) : Measure(task, metrics, choice, chunk, reference);
    }

    /// <summary>What a person is shown as the question.</summary>
    /// <param name="suite">With a task of this family.</param>
    /// <param name="ordinal">One of its samples.</param>
    /// <returns>Null in families whose samples are not for people to judge.</returns>
    public virtual ShownContent? ShowInput(SuiteDefinition suite, int ordinal) => null;

    /// <summary>What a person is shown of an entry's answer.</summary>
    /// <param name="chunk">Scored before: <see cref="FindFault"/> found nothing.</param>
    /// <param name="index">Which sample of the chunk, from 0: its ordinal less <see cref="OutputChunk.FirstOrdinal"/>.</param>
    /// <returns>Null in families whose answers are not for people to judge.</returns>
    public virtual ShownContent? ShowOutput(TaskDefinition task, OutputChoice choice, OutputChunk chunk, int index) => null;

    /// <summary>Whether an output of this type and shape is what <see cref="Demand"/> says.</summary>
    protected abstract bool Accepts(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape);

    /// <summary>Looks for a value that breaks the contract in an output of the right type and shape.</summary>
    /// <returns>The entry's fault, a sentence that names the sample; null when there is none.</returns>
    protected abstract string? FindBadValue(TaskDefinition task, OutputChoice choice, OutputTensor output, int firstOrdinal);

    /// <summary>Scores a chunk without fault.</summary>
    protected abstract ScoreOutcome.Scored Measure(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ScoringReference reference);
}
