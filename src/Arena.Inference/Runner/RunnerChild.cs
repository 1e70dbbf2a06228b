using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace Arena.Inference.Runner;

/// <summary>
/// The child process and its pipes. One thread starts it, reads its frames and reaps it: the child asks the kernel to be
/// killed when the thread that started it ends, so that thread has to outlive it.
/// </summary>
internal sealed class RunnerChild : IDisposable
{
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(5);

    private readonly ProcessStartInfo _start;
    private readonly Process _process = new();
    private readonly Action<FrameHeader, byte[]> _onFrame;
    private readonly Action<RunnerEnd> _onEnd;
    private readonly int _standardErrorBytes;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StandardErrorTail? _standardError;
    private Stream? _input;

    /// <param name="start">What to start.</param>
    /// <param name="standardErrorBytes">How much of standard error's end is kept.</param>
    /// <param name="onFrame">Called on the reading thread with each frame and its payload in a rented array, which it takes over.</param>
    /// <param name="onEnd">Called on the reading thread once, when the process is gone.</param>
    public RunnerChild(ProcessStartInfo start, int standardErrorBytes, Action<FrameHeader, byte[]> onFrame, Action<RunnerEnd> onEnd)
    {
        _start = start;
        _standardErrorBytes = standardErrorBytes;
        _onFrame = onFrame;
        _onEnd = onEnd;
    }

    public int ProcessId { get; private set; }

    /// <summary>Ends when the process is reaped and <c>onEnd</c> has returned.</summary>
    public Task Ended => _ended.Task;

    public StandardErrorTail? StandardError => _standardError;

    /// <exception cref="Win32Exception">The system cannot start the program.</exception>
    public Task StartAsync()
    {
        new Thread(Live) { IsBackground = true, Name = "runner frames" }.Start();
        return _started.Task;
    }

    /// <summary>
    /// Writes to the child; blocks while the pipe is full, at worst until the process is killed. A child that is gone is
    /// reported by <c>onEnd</c>, with its exit code, and not here.
    /// </summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _input!.Write(bytes);
        }
        catch (IOException)
        {
            Kill(); // it closed its input: of no more use, if it lives at all
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // it never started, or it is gone already
        }
    }

    public void Dispose() => _process.Dispose();

    private void Live()
    {
        _process.StartInfo = _start;
        try
        {
            _process.Start();
        }
        catch (Exception e)
        {
            _started.SetException(e);
            _ended.SetResult();
            return;
        }

        ProcessId = _process.Id;
        _input = _process.StandardInput.BaseStream;
        _standardError = new StandardErrorTail(_process.StandardError.BaseStream, _standardErrorBytes);
        _started.SetResult();
        string? protocolError = null;
        try
        {
            ReadFrames(_process.StandardOutput.BaseStream);
        }
        catch (FrameException e)
        {
            protocolError = e.Message;
        }
        catch (IOException)
        {
            // the pipe broke with the process: its exit code tells more
        }

        if (protocolError is not null || !_process.WaitForExit(ExitGrace))
            Kill();
        _process.WaitForExit();
        _standardError.WaitForEnd(TimeSpan.FromSeconds(1));
        _onEnd(new RunnerEnd(_process.ExitCode, protocolError, _standardError.ToString()));
        _ended.SetResult();
    }

    private void ReadFrames(Stream output)
    {
        // small frames come several at a time
        using var buffered = new BufferedStream(output, 64 << 10);
        output = buffered;
        byte[] header = new byte[FrameHeader.Size];
        while (output.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            var frame = FrameHeader.Read(header, FrameHeader.MaxLength);
            byte[] payload = ArrayPool<byte>.Shared.Rent((int)frame.Length);
            try
            {
                if (output.ReadAtLeast(payload.AsSpan(0, (int)frame.Length), (int)frame.Length, throwOnEndOfStream: false) < frame.Length)
                {
                    ArrayPool<byte>.Shared.Return(payload);
                    return;
                }
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(payload);
                throw;
            }

            _onFrame(frame, payload);
        }
    }
}
