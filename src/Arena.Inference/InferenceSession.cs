using System.Collections.Immutable;
using System.Text;
using Arena.Inference.Native;

namespace Arena.Inference;

/// <summary>
/// A loaded model, run on the CPU with every graph optimisation. A session may be used by several threads at once, each with
/// a <see cref="RunBinding"/> of its own. Disposing it while bindings live is allowed: the native session goes with the last.
/// </summary>
public sealed unsafe class InferenceSession : IDisposable
{
    private const int OptimizeAll = 99;

    private readonly OrtApi _api;
    private readonly OrtHandle _handle;
    private bool _disposed;

    private InferenceSession(OrtApi api, OrtHandle handle)
    {
        _api = api;
        _handle = handle;
        Inputs = ValueInfoReader.Inputs(api, handle.DangerousGetHandle());
        Outputs = ValueInfoReader.Outputs(api, handle.DangerousGetHandle());
    }

    /// <summary>Inputs in the model's order.</summary>
    public ImmutableArray<ValueInfo> Inputs { get; }

    /// <summary>Outputs in the model's order.</summary>
    public ImmutableArray<ValueInfo> Outputs { get; }

    /// <summary>Loads a model file.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the file; the message is the runtime's.</exception>
    /// <exception cref="OnnxRuntimeMissingException">The native library is missing; the message says what to do.</exception>
    public static InferenceSession Open(string path, InferenceSessionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var api = OnnxRuntimeLibrary.Api;
        using var native = CreateOptions(api, options ?? new());

        // the C API takes paths in the system's own characters
        byte[] text = OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(path + '\0') : Encoding.UTF8.GetBytes(path + '\0');
        nint session;
        fixed (byte* p = text)
            api.Check(((delegate* unmanaged<nint, byte*, nint, nint*, nint>)api[OrtSlot.CreateSession])(api.Environment, p, native.DangerousGetHandle(), &session));
        return Describe(api, session);
    }

    /// <summary>Loads a model from memory, which is not needed afterwards.</summary>
    /// <inheritdoc cref="Open(string, InferenceSessionOptions?)" path="/exception"/>
    public static InferenceSession Open(ReadOnlySpan<byte> model, InferenceSessionOptions? options = null)
    {
        if (model.IsEmpty)
            throw new ArgumentException("The model is empty: hand in the bytes of an ONNX file.", nameof(model));
        var api = OnnxRuntimeLibrary.Api;
        using var native = CreateOptions(api, options ?? new());
        nint session;
        fixed (byte* m = model)
            api.Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)api[OrtSlot.CreateSessionFromArray])(api.Environment, m, (nuint)model.Length, native.DangerousGetHandle(), &session));
        return Describe(api, session);
    }

    /// <summary>
    /// Makes the reusable state of runs with these names. Names are not checked here: the runtime does it at the first run.
    /// </summary>
    /// <param name="inputs">Names in the order of the binding's input indices. Default: all inputs in the model's order.</param>
    /// <param name="outputs">Names in the order of the binding's output indices. Default: all outputs in the model's order.</param>
    /// <exception cref="NotSupportedException">An output that is asked for is not a tensor of numbers or booleans (scikit-learn's sequences of maps, strings).</exception>
    public RunBinding CreateBinding(IReadOnlyList<string>? inputs = null, IReadOnlyList<string>? outputs = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        inputs ??= [.. Inputs.Select(i => i.Name)];
        outputs ??= [.. Outputs.Select(o => o.Name)];
        foreach (string name in outputs)
        {
            if (Outputs.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.Ordinal)) is { } output)
                RequireTensor(output);
        }

        return new RunBinding(_api, _handle, [.. inputs], [.. outputs]);
    }

    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    private static void RequireTensor(ValueInfo output)
    {
        if (output.Kind != ValueKind.Tensor)
            throw new NotSupportedException($"Output '{output.Name}' is a {output.Kind.ToString().ToLowerInvariant()}, not a tensor. Export the model with tensor outputs only (for scikit-learn models: options={{'zipmap': False}}), or ask for its other outputs.");
        if (!output.ElementType.IsSupported())
            throw new NotSupportedException($"Output '{output.Name}' is a tensor of {output.ElementType}. Export the model with numbers or booleans as outputs, or ask for its other outputs.");
    }

    private static InferenceSession Describe(OrtApi api, nint session)
    {
        var handle = new OrtHandle(api, session, OrtSlot.ReleaseSession);
        try
        {
            return new InferenceSession(api, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static OrtHandle CreateOptions(OrtApi api, InferenceSessionOptions options)
    {
        if (options.IntraOpThreads < 0)
            throw new ArgumentException("IntraOpThreads must be 0 (every core) or more.", nameof(options));
        nint pointer;
        api.Check(((delegate* unmanaged<nint*, nint>)api[OrtSlot.CreateSessionOptions])(&pointer));
        var handle = new OrtHandle(api, pointer, OrtSlot.ReleaseSessionOptions);
        try
        {
            api.Check(((delegate* unmanaged<nint, int, nint>)api[OrtSlot.SetSessionGraphOptimizationLevel])(pointer, OptimizeAll));
            api.Check(((delegate* unmanaged<nint, int, nint>)api[OrtSlot.SetIntraOpNumThreads])(pointer, options.IntraOpThreads));
            api.Check(((delegate* unmanaged<nint, int, nint>)api[OrtSlot.SetInterOpNumThreads])(pointer, 1));
            fixed (byte* key = "session.intra_op.allow_spinning\0"u8)
            fixed (byte* value = options.AllowSpinning ? "1\0"u8 : "0\0"u8)
                api.Check(((delegate* unmanaged<nint, byte*, byte*, nint>)api[OrtSlot.AddSessionConfigEntry])(pointer, key, value));
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
