using System.Collections.Immutable;
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

    /// <summary>The keys of <c>task</c> beside <c>family</c>.</summary>
    internal abstract KeySet TaskKeys { get; }

    /// <summary>Reads the keys of <c>task</c>; null after reporting what is wrong.</summary>
    internal abstract TaskDefinition? ReadTask(YamlMap task);

    /// <summary>The number a label stands for.</summary>
    /// <param name="reason">Why it is none, to follow "samples.csv line 17: "; null when it is one.</param>
    public abstract bool TryReadTarget(TaskDefinition task, string label, out double target, out string? reason);

    /// <summary>Whether an output of this type and shape can be scored; -1 is a dimension that is only known at run time.</summary>
    /// <returns>Why not, a sentence; null when it can.</returns>
    public abstract string? CheckOutput(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape);

    /// <summary>Looks for what breaks the contract in a chunk of outputs; needs no labels, so a worker can ask too.</summary>
    /// <returns>The entry's fault, a sentence; null when there is none.</returns>
    public abstract string? FindFault(TaskDefinition task, OutputChoice choice, OutputChunk chunk);

    /// <summary>Scores a chunk.</summary>
    /// <param name="metrics">What to measure; each must be one of <see cref="Metrics"/>.</param>
    /// <param name="targets">The right answer of each sample of the chunk: <see cref="Sample.Target"/>.</param>
    /// <exception cref="ArgumentException">As many targets as samples are needed, and metrics the family knows.</exception>
    public abstract ScoreOutcome Score(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ReadOnlySpan<double> targets);

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
}
