using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Evaluation.Families.Classification;
using Arena.Evaluation.Families.ImageToImage;
using Arena.Evaluation.Families.TextToText;

namespace Arena.Evaluation.Families;

/// <summary>All families this build knows.</summary>
public static class TaskFamilies
{
    public static ImmutableArray<TaskFamily> All { get; } = [ClassificationFamily.Instance, ImageToImageFamily.Instance, TextToTextFamily.Instance];

    public static bool TryGet(string name, [NotNullWhen(true)] out TaskFamily? family)
    {
        family = All.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));
        return family is not null;
    }

    /// <summary>The family of a task that this build read.</summary>
    public static TaskFamily For(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return TryGet(task.Family, out var family) ? family : throw new ArgumentException($"There is no family '{task.Family}'.", nameof(task));
    }
}
