using System.Collections.Immutable;
using Arena.Inference.Native;

namespace Arena.Inference;

/// <summary>
/// The reusable state of runs of one session: names as the runtime wants them, input tensors over memory that stays, and the
/// last run's outputs. With inputs that stay where they are a run allocates nothing managed. Not thread-safe: one binding a
/// thread; only <see cref="Terminate"/> may be called from another thread.
/// </summary>
public sealed unsafe class RunBinding : IDisposable
{
    private readonly OrtApi _api;
    private readonly OrtHandle _session;
    private readonly OrtHandle _runOptions;
    private readonly Utf8Names _inputNames;
    private readonly Utf8Names _outputNames;
    private readonly OrtValueTable _inputs;
    private readonly OrtValueTable _outputs;
    private readonly InputSlot[] _slots;
    private readonly long[][] _outputDimensions;
    private bool _hasRun;

    internal RunBinding(OrtApi api, OrtHandle session, ImmutableArray<string> inputs, ImmutableArray<string> outputs)
    {
        _api = api;
        _session = session;
        InputNames = inputs;
        OutputNames = outputs;
        nint options;
        api.Check(((delegate* unmanaged<nint*, nint>)api[OrtSlot.CreateRunOptions])(&options));
        _runOptions = new OrtHandle(api, options, OrtSlot.ReleaseRunOptions);
        _inputNames = new Utf8Names(inputs);
        _outputNames = new Utf8Names(outputs);
        _inputs = new OrtValueTable(api, session, inputs.Length);
        _outputs = new OrtValueTable(api, session, outputs.Length);
        _slots = [.. inputs.Select(_ => new InputSlot())];
        _outputDimensions = [.. outputs.Select(_ => Array.Empty<long>())];
    }

    public ImmutableArray<string> InputNames { get; }

    public ImmutableArray<string> OutputNames { get; }

    /// <summary>Gives an input zeroed memory of the binding's own, 64-byte aligned, to be filled before each run.</summary>
    /// <returns>The elements; valid until this input is set or allocated again, or the binding is disposed.</returns>
    public Span<T> AllocateInput<T>(int index, params ReadOnlySpan<long> dimensions)
        where T : unmanaged
    {
        var type = TensorElementTypeExtensions.Of<T>();
        long bytes = TensorShape.ByteLength(type, dimensions);
        int elements = checked((int)(bytes / sizeof(T)));
        var memory = new AlignedBuffer(bytes);
        new Span<byte>(memory.Pointer, checked((int)bytes)).Clear();
        SetInput(index, type, memory.Pointer, bytes, dimensions);
        _slots[index].Owned = memory;
        return new Span<T>(memory.Pointer, elements);
    }

    /// <summary>Lets an input read the caller's memory, which is pinned until this input is set again or the binding is disposed.</summary>
    /// <exception cref="ArgumentException">The memory is not as long as the dimensions say.</exception>
    public void SetInput<T>(int index, ReadOnlyMemory<T> data, params ReadOnlySpan<long> dimensions)
        where T : unmanaged
    {
        var pin = data.Pin();
        byte nothing = 0;
        try
        {
            SetInput(index, TensorElementTypeExtensions.Of<T>(), pin.Pointer is null ? &nothing : pin.Pointer, (long)data.Length * sizeof(T), dimensions);
        }
        catch
        {
            pin.Dispose();
            throw;
        }

        _slots[index].Pin = pin;
    }

    /// <summary>Lets an input read native memory, which the caller keeps where it is until this input is set again or the binding is disposed.</summary>
    /// <exception cref="ArgumentException">The memory is not as long as the dimensions say.</exception>
    /// <exception cref="NotSupportedException">Tensors of this type are not supported.</exception>
    public void SetInput(int index, TensorElementType type, void* data, long byteLength, params ReadOnlySpan<long> dimensions)
    {
        ObjectDisposedException.ThrowIf(_inputs.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_slots.Length, nameof(index));
        ArgumentNullException.ThrowIfNull(data);
        long expected = TensorShape.ByteLength(type, dimensions);
        if (expected != byteLength)
            throw new ArgumentException($"Input '{InputNames[index]}' of {type}[{TensorShape.Text(dimensions)}] takes {expected} bytes, not {byteLength}.", nameof(byteLength));
        var slot = _slots[index];
        if (_inputs.Pointers[index] != 0 && slot.Is(type, data, dimensions))
        {
            slot.ReleaseMemory(data);
            return;
        }

        nint value;
        fixed (long* d = dimensions)
        {
            _api.Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_api[OrtSlot.CreateTensorWithDataAsOrtValue])(
                _api.CpuMemory, data, (nuint)byteLength, d, (nuint)dimensions.Length, (int)type, &value));
        }

        _inputs.Release(index);
        _inputs.Pointers[index] = value;
        slot.ReleaseMemory(data);
        slot.Remember(type, data, dimensions);
    }

    /// <summary>Runs the model. The outputs of the run before are freed.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the inputs (a wrong name, shape or type), the model fails, or <see cref="Terminate"/> was called.</exception>
    /// <exception cref="InvalidOperationException">An input has not been set.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled and the runtime stopped between two operators.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_inputs.IsClosed, this);
        cancellationToken.ThrowIfCancellationRequested();
        _hasRun = false;
        _outputs.ReleaseAll();
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_inputs.Pointers[i] == 0)
                throw new InvalidOperationException($"Input '{InputNames[i]}' has not been set.");
        }

        nint options = _runOptions.DangerousGetHandle();
        _api.Check(((delegate* unmanaged<nint, nint>)_api[OrtSlot.RunOptionsUnsetTerminate])(options));
        nint status;
        using (cancellationToken.UnsafeRegister(static b => ((RunBinding)b!).Terminate(), this))
        {
            status = ((delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_api[OrtSlot.Run])(
                _session.DangerousGetHandle(), options, _inputNames.Pointers, _inputs.Pointers, (nuint)_inputNames.Count,
                _outputNames.Pointers, (nuint)_outputNames.Count, _outputs.Pointers);
        }

        GC.KeepAlive(this);
        try
        {
            _api.Check(status);
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }

        _hasRun = true;
    }

    /// <summary>
    /// Stops the run that is in progress, between two operators; it fails with the runtime's message. May be called from any
    /// thread. The next run starts afresh.
    /// </summary>
    public void Terminate()
    {
        bool added = false;
        try
        {
            _runOptions.DangerousAddRef(ref added);
            _api.Check(((delegate* unmanaged<nint, nint>)_api[OrtSlot.RunOptionsSetTerminate])(_runOptions.DangerousGetHandle()));
        }
        finally
        {
            if (added)
                _runOptions.DangerousRelease();
        }
    }

    /// <summary>An output of the last run; valid until the next run or disposal.</summary>
    /// <exception cref="InvalidOperationException">There was no run, or the last one failed.</exception>
    /// <exception cref="NotSupportedException">The output is not a tensor of numbers or booleans.</exception>
    public OutputTensor Output(int index)
    {
        ObjectDisposedException.ThrowIf(_outputs.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_outputDimensions.Length, nameof(index));
        if (!_hasRun)
            throw new InvalidOperationException("There is no output: the model has not been run, or its last run failed.");
        nint value = _outputs.Pointers[index];
        int kind;
        _api.Check(((delegate* unmanaged<nint, int*, nint>)_api[OrtSlot.GetValueType])(value, &kind));
        if (kind != (int)ValueKind.Tensor)
            throw new NotSupportedException($"Output '{OutputNames[index]}' is a {(ValueKind)kind}, not a tensor. Export the model with tensor outputs only.");
        nint shape;
        _api.Check(((delegate* unmanaged<nint, nint*, nint>)_api[OrtSlot.GetTensorTypeAndShape])(value, &shape));
        try
        {
            int element;
            nuint rank;
            _api.Check(((delegate* unmanaged<nint, int*, nint>)_api[OrtSlot.GetTensorElementType])(shape, &element));
            _api.Check(((delegate* unmanaged<nint, nuint*, nint>)_api[OrtSlot.GetDimensionsCount])(shape, &rank));
            if ((int)rank != _outputDimensions[index].Length)
                _outputDimensions[index] = new long[rank];
            fixed (long* d = _outputDimensions[index])
                _api.Check(((delegate* unmanaged<nint, long*, nuint, nint>)_api[OrtSlot.GetDimensions])(shape, d, rank));
            var type = (TensorElementType)element;
            long bytes = TensorShape.ByteLength(type, _outputDimensions[index]);
            void* data;
            _api.Check(((delegate* unmanaged<nint, void**, nint>)_api[OrtSlot.GetTensorMutableData])(value, &data));
            return bytes <= int.MaxValue
                ? new OutputTensor(type, _outputDimensions[index], new ReadOnlySpan<byte>(data, (int)bytes))
                : throw new NotSupportedException($"Output '{OutputNames[index]}' is {bytes} bytes large; at most {int.MaxValue} can be read. Run smaller batches.");
        }
        finally
        {
            _api.Release(OrtSlot.ReleaseTensorTypeAndShapeInfo, shape);
        }
    }

    /// <summary>Frees values, names and pinned memory. Must not overlap with a run.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
        _inputNames.Dispose();
        _outputNames.Dispose();
        _runOptions.Dispose();
        foreach (var slot in _slots)
            slot.ReleaseMemory();
    }
}
