using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Arena.Evaluation.Images;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Families.ImageToImage;

/// <summary>A picture for a picture: enlarging, denoising, colouring. Metrics against the right picture: <c>psnr</c> over
/// all colours, <c>ssim</c> on luma. Both look at 8-bit pictures, for these are what people see.</summary>
public sealed class ImageToImageFamily : TaskFamily
{
    public const string FamilyName = "image-to-image";

    /// <summary>The longest side of an answer.</summary>
    public const int MaxSide = 2048;

    private const string Psnr = "psnr";
    private const string Ssim = "ssim";

    private ImageToImageFamily()
    {
    }

    public static ImageToImageFamily Instance { get; } = new();

    public override string Name => FamilyName;

    public override ImmutableArray<OutputKind> OutputKinds { get; } = [OutputKind.Image];

    public override ImmutableArray<FamilyMetric> Metrics { get; } =
    [
        new(Psnr, "PSNR in dB", MetricKind.Numeric, MetricDirection.Higher),
        new(Ssim, "SSIM", MetricKind.Numeric, MetricDirection.Higher),
    ];

    public override bool HasLabels => false;

    internal override KeySet TaskKeys { get; } = new("task", Required: ["family", "reference", "shape"], Optional: []);

    internal override TaskDefinition? ReadTask(YamlMap task, SuiteInput? input)
    {
        var (reference, shape) = (task.Path("reference"), task.Shape("shape"));
        if (reference is null || shape is not { } size)
        {
            return null;
        }

        if (size.Count == 3 && size[2] == ImageToImageTask.Colours && WithSizes([size[0], size[1]]) is ImageToImageTask read)
        {
            return read with { ReferenceFile = reference };
        }

        task.Report("shape", $"\"shape\" is {size}; it must be [height, width, 3], the shape of every right picture, with sides of {StructuralSimilarity.Window} to {MaxSide} pixels.");
        return null;
    }

    public override bool TryReadReference(
        TaskDefinition task,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> labels,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out ScoringReference? reference,
        out ImmutableArray<SuiteError> errors)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(files);
        reference = null;
        var own = Own(task);
        if (!NpyFile.TryRead(files[own.ReferenceFile], out var pictures, out var unreadable))
        {
            errors = [new SuiteError(own.ReferenceFile, null, unreadable)];
            return false;
        }

        if (pictures.ElementType != TensorElementType.UInt8 || pictures.Shape != PictureOutput.LastShape(own).Prepend(labels.Count))
        {
            errors = [new SuiteError(own.ReferenceFile, null, $"the array is {pictures.ElementType.Name()} {pictures.Shape}; the right pictures of {labels.Count} samples are uint8 {PictureOutput.LastShape(own).Prepend(labels.Count)}, as the task's \"shape\" says. Correct one of them.")];
            return false;
        }

        reference = new ImageReference(pictures);
        errors = [];
        return true;
    }

    public override ImmutableArray<int> SizesOf(TaskDefinition task) => [Own(task).Height, Own(task).Width];

    public override TaskDefinition? WithSizes(ReadOnlySpan<int> sizes) =>
        sizes is [>= StructuralSimilarity.Window and <= MaxSide and var height, >= StructuralSimilarity.Window and <= MaxSide and var width]
            ? new ImageToImageTask(height, width, ReferenceFile: "")
            : null;

    public override string Demand(TaskDefinition task, OutputChoice choice)
    {
        var own = Own(task);
        return $"pictures must be uint8, or float32 in 0 to 1, of the shape {PictureOutput.LastShape(own).Prepend(TensorShape.Dynamic)} or {PictureOutput.FirstShape(own).Prepend(TensorShape.Dynamic)}";
    }

    public override ShownContent? ShowInput(SuiteDefinition suite, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return suite.Input is { ElementType: TensorElementType.UInt8, SampleShape: [var height, var width, ImageToImageTask.Colours] }
            ? new ShownContent.Image(width, height, suite.Input.Samples(ordinal, 1))
            : null;
    }

    public override ShownContent? ShowOutput(TaskDefinition task, OutputChoice choice, OutputChunk chunk, int index)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, chunk.Count);
        var own = Own(task);
        var rgb = new byte[own.Elements];
        PictureOutput.Read(own, chunk.Find(choice.Name)!, index, rgb);
        return new ShownContent.Image(own.Width, own.Height, rgb);
    }

    protected override bool Accepts(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape)
    {
        var own = Own(task);
        return elementType is TensorElementType.UInt8 or TensorElementType.Float32
            && (Fits(sampleShape, PictureOutput.LastShape(own)) || Fits(sampleShape, PictureOutput.FirstShape(own)));
    }

    protected override string? FindBadValue(TaskDefinition task, OutputChoice choice, OutputTensor output, int firstOrdinal)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(output);
        if (output.ElementType == TensorElementType.UInt8)
        {
            return null;
        }

        var numbers = MemoryMarshal.Cast<byte, float>(output.Data.Span);
        var bad = numbers.IndexOfAnyExceptInRange(0f, 1f);
        if (bad < 0)
        {
            return null;
        }

        var what = float.IsNaN(numbers[bad]) ? "NaN (not a number)" : float.IsInfinity(numbers[bad]) ? "infinity" : numbers[bad].ToString("R", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"Output '{choice.Name}' holds {what} for sample {firstOrdinal + bad / Own(task).Elements}; the numbers of a picture must lie in 0 to 1. End the model with a Clip to 0 and 1.");
    }

    protected override ScoreOutcome.Scored Measure(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ScoringReference reference)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        if (reference is not ImageReference { Pictures: var right })
        {
            throw new ArgumentException("This is no reference of image-to-image.", nameof(reference));
        }

        var own = Own(task);
        var output = chunk.Find(choice.Name)!;
        var picture = new byte[own.Elements];
        ImmutableArray<float[]> measurements = [.. metrics.Select(_ => new float[chunk.Count])];
        for (var i = 0; i < chunk.Count; i++)
        {
            PictureOutput.Read(own, output, i, picture);
            var expected = right.Samples(chunk.FirstOrdinal + i, 1).Span;
            for (var m = 0; m < metrics.Length; m++)
            {
                measurements[m][i] = (float)(metrics[m].Name switch
                {
                    Psnr => PeakSignalToNoise.Compute(picture, expected),
                    Ssim => StructuralSimilarity.Compute(picture, expected, own.Width, own.Height),
                    _ => throw new ArgumentException($"Image-to-image has no metric '{metrics[m].Name}'.", nameof(metrics)),
                });
            }
        }

        return new ScoreOutcome.Scored(measurements, []);
    }

    /// <summary>Whether the shape is the wanted one, as far as it is known.</summary>
    private static bool Fits(TensorShape shape, TensorShape wanted) =>
        shape.Count == wanted.Count && shape.Zip(wanted, (has, wants) => has == wants || has == TensorShape.Dynamic).All(same => same);

    private static ImageToImageTask Own(TaskDefinition task) =>
        task as ImageToImageTask ?? throw new ArgumentException($"This is a task of {task?.Family}, not of image-to-image.", nameof(task));
}
