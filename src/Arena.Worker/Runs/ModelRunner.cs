using System.Diagnostics.CodeAnalysis;
using Arena.Contracts.Workers;
using Arena.Evaluation.Tensors;
using Arena.Inference;
using Arena.Inference.Runner;
using Arena.Worker.Hosting;

namespace Arena.Worker.Runs;

/// <summary>The runner process of one evaluation, with its model loaded and its buffers.</summary>
internal sealed class ModelRunner : IAsyncDisposable
{
    /// <summary>Samples in a batch where the model does not say.</summary>
    private const int UsualBatch = 128;

    /// <summary>Bytes of a batch at most, where samples are large.</summary>
    private const int MostBatchBytes = 32 << 20;

    /// <summary>Bytes of a batch's answers at most, where these are large: what is computed on the way to a picture is many times its size.</summary>
    private const int MostAnswerBytes = 1 << 20;

    private readonly RunnerProcess process;
    private readonly SampleRows rows;
    private readonly byte[] buffer;
    private readonly long[] dimensions;
    private readonly RunnerInput[] inputs = new RunnerInput[1];
    private readonly bool isFixed;

    private ModelRunner(RunnerProcess process, SampleRows rows, int batch, bool isFixed)
    {
        this.process = process;
        this.rows = rows;
        this.isFixed = isFixed;
        Batch = batch;
        buffer = new byte[checked(batch * rows.BytesEach)];
        dimensions = [batch, .. rows.SampleShape.Dimensions.Select(d => (long)d)];
    }

    /// <summary>The most samples of one run.</summary>
    public int Batch { get; }

    /// <summary>False once the process has been lost: start another.</summary>
    public bool IsAlive => process.Failure is null;

    /// <exception cref="JobFaultException">The model does not load, does not take what the suite gives, or the runner does not start.</exception>
    public static async Task<ModelRunner> StartAsync(RunLease lease, string modelPath, SampleRows rows, WorkerSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        RunnerProcess? process = null;
        try
        {
            process = await RunnerProcess.StartAsync(time: time, cancellationToken: cancellationToken);
            var signature = await process.LoadAsync(new RunnerModel(modelPath) { Threads = settings.Threads, Outputs = [lease.Output.Name] }, TimeSpan.FromSeconds(lease.Limits.TimeoutSeconds), cancellationToken);
            var (batch, isFixed) = BatchOf(signature, lease, rows);
            var runner = new ModelRunner(process, rows, batch, isFixed);
            process = null;
            return runner;
        }
        catch (RunnerException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(e, $"The model took longer than {lease.Limits.TimeoutSeconds} seconds to load.");
        }
        finally
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>Runs the model on samples first … first + count - 1, at most <see cref="Batch"/>.</summary>
    /// <param name="limit">Wall clock.</param>
    /// <param name="tooSlow">What to say when it is over.</param>
    /// <returns>The outputs of <paramref name="ran"/> samples, of which the first <paramref name="count"/> count.</returns>
    /// <exception cref="JobFaultException">The model failed, or the runner.</exception>
    public async ValueTask<RunnerOutputs> RunAsync(int first, int count, TimeSpan limit, string tooSlow, CancellationToken cancellationToken)
    {
        var each = rows.BytesEach;
        var samples = RowsRun(count);
        rows.Prepare(first, count, buffer.AsSpan(0, count * each));
        for (var i = count; i < samples; i++)
        {
            // a model whose batch is fixed gets the last sample again where there are no more
            buffer.AsSpan((count - 1) * each, each).CopyTo(buffer.AsSpan(i * each));
        }

        dimensions[0] = samples;
        inputs[0] = new RunnerInput((Inference.TensorElementType)(int)rows.ElementType, dimensions, buffer.AsMemory(0, samples * each));
        try
        {
            return await process.RunAsync(inputs, limit, cancellationToken);
        }
        catch (RunnerException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(e, tooSlow);
        }
    }

    /// <summary>How many samples a run of <paramref name="count"/> really takes.</summary>
    public int RowsRun(int count) => isFixed ? Batch : count;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static (int Batch, bool IsFixed) BatchOf(RunnerSignature signature, RunLease lease, SampleRows rows)
    {
        if (signature.Inputs.Length != 1)
        {
            throw JobFaultException.Entry($"The model takes {signature.Inputs.Length} inputs ({string.Join("; ", signature.Inputs)}); this suite gives one.");
        }

        var input = signature.Inputs[0];
        var given = rows.SampleShape.Prepend(Evaluation.Tensors.TensorShape.Dynamic);
        var fits = input.Kind == ValueKind.Tensor && (int)input.ElementType == (int)rows.ElementType
            && (input.Dimensions.Length == 0 || (input.Dimensions.Length == given.Count && input.Dimensions.Skip(1).Zip(rows.SampleShape, (wanted, has) => wanted < 0 || wanted == has).All(same => same)));
        if (!fits)
        {
            throw JobFaultException.Entry($"The model takes {input}; the preprocessing '{lease.Preprocessing.Name}' gives {rows.ElementType.Name()} {given}. Choose another preprocessing, or change the model's input.");
        }

        var usual = Math.Clamp((int)Math.Min(MostBatchBytes / Math.Max(1, rows.BytesEach), MostAnswerBytes / Math.Max(1, AnswerBytes(signature.Outputs[0]))), 1, UsualBatch);
        return input.Dimensions is [> 0 and var batch, ..]
            ? batch * rows.BytesEach <= 1L << 30 ? ((int)batch, true) : throw JobFaultException.Entry($"The model takes batches of {batch} samples, which is more than 1 GiB. Make its batch axis dynamic.")
            : (usual, false);
    }

    /// <summary>Bytes of one sample's answer; 0 where the model does not say.</summary>
    private static long AnswerBytes(ValueInfo output) =>
        output.ElementType.IsSupported() && output.Dimensions.Skip(1).All(dimension => dimension >= 0)
            ? output.Dimensions.Skip(1).Aggregate((long)output.ElementType.SizeInBytes(), (bytes, dimension) => Math.Min(bytes * dimension, int.MaxValue))
            : 0;

    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "All others are told by whose fault they are.")]
    private static JobFaultException Fault(RunnerException e, string tooSlow) => e.Failure switch
    {
        RunnerFailure.Timeout => JobFaultException.Entry(tooSlow, e),
        { Fault: RunnerFault.Entry } => JobFaultException.Entry(e.Failure.Message, e),
        _ => JobFaultException.Worker(e.Failure.Message, e),
    };
}
