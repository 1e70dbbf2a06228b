using System.Diagnostics.CodeAnalysis;
using Arena.Inference;
using Arena.Inference.Runner;

namespace Arena.Runner;

/// <summary>
/// The runner: one thread reads frames, the main thread loads and computes. A model's failure is an answer; only a broken
/// protocol, a missing library or a mistake of its own ends the process, each with a frame and an exit code.
/// </summary>
internal sealed class RunnerHost(FramePipes pipes)
{
    private readonly WorkQueue _queue = new(RunnerProcess.MaxInFlight + 1);
    private LoadedModel? _model;

    [DoesNotReturn]
    public void Run()
    {
        new Thread(ReadFrames) { IsBackground = true, Name = "frames" }.Start();
        pipes.Write(new PayloadWriter().ToFrame(FrameType.Hello, 0));
        try
        {
            OnnxRuntimeLibrary.EnsureLoaded(); // while the worker still prepares its Load frame
            while (true)
            {
                var work = _queue.Take();
                Answer(work);
                _queue.Return(work);
            }
        }
        catch (Exception e)
        {
            Posix.ExitNow(GiveUp(e));
            throw;
        }
    }

    private void Answer(WorkItem work)
    {
        FailedReply failed;
        try
        {
            if (work.Header.Type == FrameType.Load)
                Load(work);
            else
                (_model ?? throw new FrameException("A Run frame came before a model was loaded.")).Run(work, pipes);
            return;
        }
        catch (OperationCanceledException e)
        {
            failed = new FailedReply(FailedKind.Cancelled, OnnxRuntimeErrorCode.Fail, e.Message);
        }
        catch (OnnxRuntimeException e)
        {
            failed = new FailedReply(FailedKind.Model, e.Code, e.Message);
        }
        catch (NotSupportedException e)
        {
            failed = new FailedReply(FailedKind.Model, OnnxRuntimeErrorCode.NotImplemented, e.Message);
        }
        catch (OutOfMemoryException)
        {
            failed = new FailedReply(FailedKind.Model, OnnxRuntimeErrorCode.Fail, "The memory that the runner may use was not enough. Make the model, its outputs or the batch smaller.");
        }

        pipes.Write(failed.ToFrame(work.Header.Request));
    }

    private void Load(WorkItem work)
    {
        var model = RunnerModel.Read(work.Bytes);
        if (_model is not null)
            throw new FrameException("A second Load frame came; a runner holds one model.");
        if (!File.Exists(model.Path))
            throw new FileNotFoundException($"The runner sees no model file at '{model.Path}'.", model.Path);
        work.Cancellation.Token.ThrowIfCancellationRequested();
        _model = new LoadedModel(model);
        pipes.Write(_model.Signature.ToFrame(work.Header.Request));
    }

    private void ReadFrames()
    {
        try
        {
            while (FramePipes.ReadHeader() is { } header && header.Type != FrameType.Quit)
                Accept(header);
        }
        catch (Exception e)
        {
            Posix.ExitNow(GiveUp(e));
        }

        Posix.ExitNow(ExitCode.Done);
    }

    private void Accept(FrameHeader header)
    {
        switch (header.Type)
        {
            case FrameType.Cancel when header.Length == 0:
                _queue.Cancel(header.Request);
                break;
            case FrameType.Load or FrameType.Run:
                var work = _queue.TryRent() ?? throw new FrameException($"More than {RunnerProcess.MaxInFlight} requests are in flight.");
                FramePipes.ReadPayload(work.Payload, header.Length);
                work.Header = header;
                _queue.Add(work);
                break;
            default:
                throw new FrameException($"A frame of type {(int)header.Type} with {header.Length} bytes is nothing that a runner takes.");
        }
    }

    private int GiveUp(Exception e)
    {
        (FailedKind kind, int code, string message) = e switch
        {
            FrameException => (FailedKind.Protocol, ExitCode.BadFrame, e.Message),
            OnnxRuntimeMissingException or FileNotFoundException => (FailedKind.Runner, ExitCode.Unavailable, e.Message),
            _ => (FailedKind.Runner, ExitCode.Internal, $"The runner made a mistake: {e}"),
        };
        pipes.Write(new FailedReply(kind, OnnxRuntimeErrorCode.Ok, message).ToFrame(0));
        return code;
    }
}
