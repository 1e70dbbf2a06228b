using Arena.Contracts.Workers;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Worker.Runs;

/// <summary>The suite's samples and how they become what the model takes.</summary>
internal sealed class SampleRows
{
    private readonly NpyArray array;
    private readonly PreprocessingVariant variant;

    private SampleRows(NpyArray array, PreprocessingVariant variant)
    {
        this.array = array;
        this.variant = variant;
        BytesEach = Preprocessing.GetLength(variant, 1);
    }

    /// <summary>What the model takes, for one sample.</summary>
    public TensorElementType ElementType => variant.ElementType;

    public TensorShape SampleShape => variant.SampleShape;

    /// <summary>Bytes of one prepared sample.</summary>
    public int BytesEach { get; }

    /// <param name="path">An NPY file whose first axis is the sample's ordinal.</param>
    /// <exception cref="JobFaultException">The suite's file is not what the suite says, or this worker does not know the types.</exception>
    public static async Task<SampleRows> ReadAsync(string path, InputArtefact input, PreprocessingStep step, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (!NpyFile.TryRead(bytes, out var array, out var error))
        {
            throw JobFaultException.Suite($"The suite's input '{input.Name}' cannot be read: {error}");
        }

        var shape = Shape(input.SampleShape);
        if (array.ElementType != Type(input.ElementType) || array.SampleShape != shape)
        {
            throw JobFaultException.Suite($"The suite's input '{input.Name}' holds {array.ElementType.Name()} {array.SampleShape} for each sample, but {input.ElementType} {shape} was announced.");
        }

        var variant = new PreprocessingVariant(step.Name, "", Type(step.ElementType), Shape(step.Shape), step.Scale, step.Offset);
        if (variant.SampleShape.ElementCount != shape.ElementCount)
        {
            throw JobFaultException.Suite($"The preprocessing '{step.Name}' makes {variant.SampleShape} of samples of {shape}: these are not as many numbers.");
        }

        return new SampleRows(array, variant);
    }

    /// <exception cref="JobFaultException">The suite does not have them all.</exception>
    public void CheckRange(int first, int count)
    {
        if (first < 0 || count < 1 || first > array.SampleCount - count)
        {
            throw JobFaultException.Suite($"The job asks for samples {first} to {(long)first + count - 1} of a suite that has {array.SampleCount}.");
        }
    }

    /// <summary>Prepares samples. Allocates nothing.</summary>
    public void Prepare(int first, int count, Span<byte> destination) =>
        Preprocessing.Apply(variant, array.Samples(first, count).Span, array.ElementType, destination);

    private static TensorShape Shape(IReadOnlyList<int> dimensions) =>
        dimensions.All(d => d > 0) ? TensorShape.Create([.. dimensions]) : throw JobFaultException.Suite("The suite's samples have a shape with an empty axis.");

    private static TensorElementType Type(string name) =>
        TensorElementTypes.TryParse(name, out var type) ? type : throw JobFaultException.Worker($"This worker does not know tensors of {name}. Update it.");
}
