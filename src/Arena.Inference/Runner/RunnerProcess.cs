using System.Buffers;
using System.ComponentModel;

namespace Arena.Inference.Runner;

/// <summary>
/// A child process that holds one model and runs it. Several runs may be in flight, so that the next batches travel while
/// one computes: eight small ones, because waking a process costs more than computing a small batch, but only two large ones,
/// because each takes memory on both sides. Thread-safe. A failure that the child does not survive ends it: start another.
/// </summary>
public sealed class RunnerProcess : IAsyncDisposable
{
    /// <summary>How many runs may be in flight; further calls wait.</summary>
    public const int MaxInFlight = 8;

    /// <summary>How many of them may be larger than <see cref="SmallBytes"/>.</summary>
    public const int MaxLargeInFlight = 2;

    /// <summary>A run whose inputs take no more bytes than this is small.</summary>
    public const int SmallBytes = 256 << 10;

    private readonly Lock _gate = new();
    private readonly Queue<RunnerRequest> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _flights = new(MaxInFlight);
    private readonly SemaphoreSlim _largeFlights = new(MaxLargeInFlight);
    private readonly RunnerOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _watchdog;
    private readonly RunnerChild _child;
    private readonly RunFrameWriter _runs;
    private uint _lastRequest;
    private bool _loadSent;
    private RunnerFailure? _failure;

    private RunnerProcess(RunnerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _child = new RunnerChild(RunnerStart.Describe(options), options.StandardErrorBytes, OnFrame, OnEnd);
        _runs = new RunFrameWriter(_child);
        _watchdog = time.CreateTimer(static p => ((RunnerProcess)p!).OnWatchdog(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int ProcessId => _child.ProcessId;

    /// <summary>What the loaded model takes and gives; null before <see cref="LoadAsync"/>.</summary>
    public RunnerSignature? Signature { get; private set; }

    /// <summary>Why the process is of no more use; null while it lives.</summary>
    public RunnerFailure? Failure
    {
        get
        {
            lock (_gate)
                return _failure;
        }
    }

    /// <summary>The end of what the runner wrote to standard error so far.</summary>
    public string StandardErrorTail => _child.StandardError?.ToString() ?? "";

    /// <summary>Starts a runner and waits until it is ready to load.</summary>
    /// <exception cref="RunnerException"><see cref="RunnerFailure.CannotStart"/>: the library or the program is missing, or it did not come up.</exception>
    public static async Task<RunnerProcess> StartAsync(RunnerOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        options ??= new RunnerOptions();
        cancellationToken.ThrowIfCancellationRequested();
        RunnerProcess? process = null;
        try
        {
            process = new RunnerProcess(options, time ?? TimeProvider.System);
            var hello = process.Enqueue(FrameType.Hello, options.StartLimit, cancellationToken);
            await process._child.StartAsync();
            await using (cancellationToken.UnsafeRegister(static c => ((RunnerChild)c!).Kill(), process._child))
                await hello.Task;
            return process;
        }
        catch (Exception e)
        {
            if (process is not null)
                await process.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw e switch
            {
                RunnerException { Failure: RunnerFailure.Timeout } => new RunnerException(new RunnerFailure.CannotStart($"The runner was not ready within {options.StartLimit.TotalSeconds:0.###} s.")),
                OnnxRuntimeMissingException or FileNotFoundException or PlatformNotSupportedException => new RunnerException(new RunnerFailure.CannotStart(e.Message)),
                Win32Exception => new RunnerException(new RunnerFailure.CannotStart($"The runner could not be started: {e.Message}")),
                _ => e,
            };
        }
    }

    /// <summary>Loads the model; once a process.</summary>
    /// <param name="model">What to load.</param>
    /// <param name="limit">Wall clock; the process is killed when it is over.</param>
    /// <param name="cancellationToken">Loading cannot be stopped half-way, so cancelling kills the process after the grace time.</param>
    /// <exception cref="RunnerException">The model is refused, takes too long or crashes the runner; or the runner failed.</exception>
    public async Task<RunnerSignature> LoadAsync(RunnerModel model, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_loadSent)
            throw new InvalidOperationException("This runner has a model already: start another for another model.");
        await _writing.WaitAsync(cancellationToken);
        RunnerRequest request;
        try
        {
            _loadSent = true;
            request = Enqueue(FrameType.Loaded, limit, cancellationToken);
            _child.Write(model.ToFrame(request.Id));
        }
        finally
        {
            _writing.Release();
        }

        Signature = (RunnerSignature)await WaitAsync(request);
        return Signature;
    }

    /// <summary>Runs the model on one batch.</summary>
    /// <param name="inputs">As many as the signature has inputs, in its order. Their memory must stay as it is until the call ends.</param>
    /// <param name="limit">Wall clock from when the runs before it have ended; the process is killed when it is over.</param>
    /// <param name="cancellationToken">Asks the runtime to stop between two operators, and kills the process if it does not within the grace time.</param>
    /// <returns>The outputs, to be disposed by the caller.</returns>
    /// <exception cref="RunnerException">The model failed (<see cref="RunnerFailure.ModelError"/>: the runner lives on), took too long or crashed; or the runner failed.</exception>
    public async ValueTask<RunnerOutputs> RunAsync(ReadOnlyMemory<RunnerInput> inputs, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        if (Check(inputs.Span) <= SmallBytes)
            return await FlyAsync(inputs, limit, cancellationToken);
        await _largeFlights.WaitAsync(cancellationToken);
        try
        {
            return await FlyAsync(inputs, limit, cancellationToken);
        }
        finally
        {
            _largeFlights.Release();
        }
    }

    private async ValueTask<RunnerOutputs> FlyAsync(ReadOnlyMemory<RunnerInput> inputs, TimeSpan limit, CancellationToken cancellationToken)
    {
        await _flights.WaitAsync(cancellationToken);
        try
        {
            await _writing.WaitAsync(cancellationToken);
            RunnerRequest request;
            try
            {
                request = Enqueue(FrameType.Outputs, limit, cancellationToken);
                using (cancellationToken.UnsafeRegister(Cancel, request))
                    _runs.Write(request.Id, inputs.Span);
            }
            finally
            {
                _writing.Release();
            }

            return (RunnerOutputs)await WaitAsync(request);
        }
        finally
        {
            _flights.Release();
        }
    }

    /// <summary>Kills the process and waits until the system has let go of it. Calls in flight fail.</summary>
    public async ValueTask DisposeAsync()
    {
        Fail(new RunnerFailure.Killed("The runner was disposed."));
        await _child.Ended;
        await _watchdog.DisposeAsync();
        _child.Dispose(); // the semaphores hold nothing that needs it, and calls in flight still release them
    }

    private async Task<object> WaitAsync(RunnerRequest request)
    {
        await using (request.CancellationToken.UnsafeRegister(Cancel, request))
            return await request.Task;
    }

    /// <summary>The bytes of all inputs, once they fit their descriptions.</summary>
    private long Check(ReadOnlySpan<RunnerInput> inputs)
    {
        var signature = Signature ?? throw new InvalidOperationException("Load a model first.");
        if (inputs.Length != signature.Inputs.Length)
            throw new ArgumentException($"The model takes {signature.Inputs.Length} inputs; {inputs.Length} were given.", nameof(inputs));
        long bytes = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            long expected = TensorShape.ByteLength(inputs[i].ElementType, inputs[i].Dimensions);
            if (inputs[i].Bytes.Length != expected)
                throw new ArgumentException($"Input '{signature.Inputs[i].Name}' of {inputs[i].ElementType}[{TensorShape.Text(inputs[i].Dimensions)}] takes {expected} bytes, not {inputs[i].Bytes.Length}.", nameof(inputs));
            if (inputs[i].Dimensions.Length > TensorShape.MaxRank)
                throw new ArgumentException($"Input '{signature.Inputs[i].Name}' has {inputs[i].Dimensions.Length} dimensions; at most {TensorShape.MaxRank} are possible.", nameof(inputs));
            bytes += expected;
        }

        long most = RunFrameWriter.MaxInputBytes(inputs.Length);
        return bytes <= most
            ? bytes
            : throw new ArgumentException($"The batch takes {bytes} bytes; at most {most} are possible. Make it smaller.", nameof(inputs));
    }

    private RunnerRequest Enqueue(FrameType answer, TimeSpan limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_failure is not null)
                throw new RunnerException(_failure);
            var request = new RunnerRequest(answer == FrameType.Hello ? 0 : ++_lastRequest, answer, limit, cancellationToken);
            _waiting.Enqueue(request);
            if (_waiting.Count == 1)
                Watch();
            return request;
        }
    }

    private void OnFrame(FrameHeader header, byte[] payload)
    {
        bool keep = false;
        try
        {
            var bytes = payload.AsSpan(0, (int)header.Length);
            var failed = header.Type == FrameType.Failed ? FailedReply.Read(bytes) : null;
            if (failed is { Kind: FailedKind.Runner })
                Fail(new RunnerFailure.CannotStart(failed.Message));
            if (failed is { Kind: FailedKind.Protocol })
                Fail(new RunnerFailure.ProtocolError(failed.Message));

            // understood first, taken off the queue then: a frame that cannot be read must not lose its request
            object? answer = header.Type switch
            {
                FrameType.Hello => header,
                FrameType.Loaded => RunnerSignature.Read(bytes),
                FrameType.Outputs => new RunnerOutputs(Signature ?? throw new FrameException("Outputs came before a model was loaded."), payload, bytes.Length),
                _ => null,
            };
            var request = Answered(header);
            if (request is null)
                return;
            keep = answer is RunnerOutputs;
            if (answer is not null)
                request.SetResult(answer);
            else if (failed!.Kind == FailedKind.Cancelled)
                request.SetCanceled(request.CancellationToken);
            else
                request.SetException(new RunnerException(new RunnerFailure.ModelError(failed.Code, failed.Message)));
        }
        finally
        {
            if (!keep)
                ArrayPool<byte>.Shared.Return(payload);
        }
    }

    /// <summary>Takes the oldest request off the queue, which this frame must answer; null when the process was given up meanwhile.</summary>
    private RunnerRequest? Answered(FrameHeader header)
    {
        lock (_gate)
        {
            if (_failure is not null)
                return null;
            if (!_waiting.TryPeek(out var request) || request.Id != header.Request || (request.Answer != header.Type && header.Type != FrameType.Failed))
                throw new FrameException($"A frame of type {(int)header.Type} for request {header.Request} was not expected.");
            _waiting.Dequeue();
            Watch();
            return request;
        }
    }

    private void OnEnd(RunnerEnd end) => Fail(end.ToFailure(_loadSent));

    private void Fail(RunnerFailure failure)
    {
        RunnerRequest[] waiting;
        lock (_gate)
        {
            _failure ??= failure;
            failure = _failure;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        _child.Kill();
        foreach (var request in waiting)
        {
            if (request.CancelSent)
                request.TrySetCanceled(request.CancellationToken);
            else
                request.TrySetException(new RunnerException(failure));
        }
    }

    /// <summary>Under the gate: starts the clock of the oldest request.</summary>
    private void Watch()
    {
        if (!_waiting.TryPeek(out var request))
            return; // the timer may still fire, and finds nothing
        request.Since ??= _time.GetTimestamp();
        _watchdog.Change(request.Limit, Timeout.InfiniteTimeSpan);
    }

    private void OnWatchdog()
    {
        RunnerFailure failure;
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var request) || request.Limit == Timeout.InfiniteTimeSpan)
                return;
            var left = request.Limit - _time.GetElapsedTime(request.Since!.Value);
            if (left > TimeSpan.Zero)
            {
                _watchdog.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            failure = request.CancelSent
                ? new RunnerFailure.Killed("The run was cancelled and did not stop in time, so the runner was killed.")
                : new RunnerFailure.Timeout(request.Limit);
        }

        Fail(failure);
    }

    private void Cancel(object? state)
    {
        var request = (RunnerRequest)state!;
        lock (_gate)
        {
            if (request.CancelSent || request.Task.IsCompleted)
                return;
            request.CancelSent = true;
            var spent = request.Since is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero;
            if (request.Limit == Timeout.InfiniteTimeSpan || request.Limit > spent + _options.CancelGrace)
                request.Limit = spent + _options.CancelGrace;
            if (_waiting.TryPeek(out var oldest) && oldest == request)
                _watchdog.Change(request.Limit > spent ? request.Limit - spent : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        // not on the thread that cancels: the pipe may be full
        _ = Task.Run(() => SendCancelAsync(request.Id), CancellationToken.None);
    }

    private async Task SendCancelAsync(uint request)
    {
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            _child.Write(new PayloadWriter().ToFrame(FrameType.Cancel, request));
        }
        finally
        {
            _writing.Release();
        }
    }
}
