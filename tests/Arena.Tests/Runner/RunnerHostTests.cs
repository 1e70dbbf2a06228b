using System.Diagnostics;
using System.Globalization;
using System.Text;
using Arena.Inference;
using Arena.Inference.Runner;
using Arena.Tests.Inference;
using Xunit;

namespace Arena.Tests.Runner;

/// <summary>Speaks to the runner byte by byte, as a broken or hostile worker might.</summary>
public sealed class RunnerHostTests : RunnerTestBase
{
    [Fact]
    public async Task Quit_Frame_EndsWithZero() => await EndsWithAsync(0, Frame(FrameType.Quit));

    [Fact]
    public async Task EndOfInput_WithoutAnyFrame_EndsWithZero() => await EndsWithAsync(0);

    [Fact]
    public async Task EndOfInput_WhileAModelRunsForEver_EndsWithZero()
    {
        var load = new RunnerModel(TestModels.Path("loop")).ToFrame(1);
        byte[] run = Tensors(2, Forever());

        var frames = await EndsWithAsync(0, [.. load, .. run]);

        Assert.Equal(FrameType.Hello, frames[0].Type);
    }

    [Fact]
    public async Task Garbage_InsteadOfAFrame_IsAnsweredAndEnds() =>
        await IsBadAsync("Expected a frame", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n"));

    [Fact]
    public async Task Frame_OfAnotherVersion_IsAnsweredAndEnds()
    {
        byte[] frame = Frame(FrameType.Load);
        frame[2] = 9;
        await IsBadAsync("version 9", frame);
    }

    [Fact]
    public async Task Frame_OfAnUnknownType_IsAnsweredAndEnds() => await IsBadAsync("type 99", Frame((FrameType)99));

    [Fact]
    public async Task Frame_TooLong_IsAnsweredAndEnds()
    {
        byte[] frame = Frame(FrameType.Run);
        new FrameHeader(FrameType.Run, 1, FrameHeader.MaxLength + 1).Write(frame);
        await IsBadAsync("at most", frame);
    }

    [Fact]
    public async Task Frame_CutShort_IsAnsweredAndEnds()
    {
        byte[] frame = new RunnerModel("/a/model.onnx").ToFrame(1);
        await IsBadAsync("ended after", frame[..^3]);
        await IsBadAsync("ended after", frame[..5]);
    }

    [Fact]
    public async Task Load_EveryCutPayload_IsAnsweredAndEnds()
    {
        byte[] frame = new RunnerModel("m") { Outputs = ["y"] }.ToFrame(1);
        foreach (int length in (int[])[0, 3, 5, 12, 20, frame.Length - FrameHeader.Size - 1])
        {
            byte[] cut = frame[..(FrameHeader.Size + length)];
            new FrameHeader(FrameType.Load, 1, length).Write(cut);
            await IsBadAsync("frame", cut);
        }
    }

    [Fact]
    public async Task Run_BeforeLoad_IsAnsweredAndEnds() => await IsBadAsync("before a model", Tensors(1, [Input([1f, 2, 3], 1, 3)]));

    [Theory]
    [InlineData(8, 99, "not supported")] // element type
    [InlineData(9, 200, "200 dimensions")] // rank
    [InlineData(16, 1, "at a multiple")] // offset
    [InlineData(24, 13, "13 bytes")] // length
    [InlineData(32, 2, "12 bytes at 64")] // a dimension
    [InlineData(39, 0x80, "no tensor shape")] // a negative dimension
    [InlineData(0, 5, "1 tensors")] // count
    public async Task Run_MalformedDescriptor_IsAnsweredAndEnds(int at, byte value, string message)
    {
        byte[] run = Tensors(2, [Input([1f, 2, 3], 1, 3)]);
        run[FrameHeader.Size + at] = value;

        await IsBadAsync(message, [.. new RunnerModel(TestModels.Path("add")).ToFrame(1), .. run]);
    }

    [Fact]
    public async Task Run_MoreInFlightThanAllowed_IsAnsweredAndEnds()
    {
        byte[] run = Tensors(2, Forever());
        await IsBadAsync("in flight", [.. new RunnerModel(TestModels.Path("loop")).ToFrame(1), .. Enumerable.Repeat(run, RunnerProcess.MaxInFlight + 2).SelectMany(r => r)]);
    }

    [Fact]
    public async Task ParentKilled_WhileStandardInputStaysOpen_TheRunnerDiesToo()
    {
        // a shell starts the runner, tells its number, and is killed; this test keeps the runner's input open
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec 3<&0; \"$0\" \"$1\" <&3 & echo $! >&2; wait");
        start.ArgumentList.Add(Environment.ProcessPath!);
        start.ArgumentList.Add(RunnerLocation.Find());
        using var shell = Process.Start(start)!;
        int runner = int.Parse((await shell.StandardError.ReadLineAsync())!, CultureInfo.InvariantCulture);
        byte[] hello = new byte[FrameHeader.Size];
        await shell.StandardOutput.BaseStream.ReadExactlyAsync(hello);
        Assert.True(Directory.Exists($"/proc/{runner}"));

        shell.Kill();

        Assert.True(await EndsAsync(runner));
    }

    private static byte[] Frame(FrameType type) => new PayloadWriter().ToFrame(type, 1);

    private static byte[] Tensors(uint request, RunnerInput[] inputs)
    {
        int descriptors = inputs.Sum(i => TensorFrame.DescriptorLength(i.Dimensions.Length));
        long offset = TensorFrame.DataStart(descriptors);
        byte[] frame = new byte[FrameHeader.Size + offset + (64 * inputs.Length)];
        var payload = frame.AsSpan(FrameHeader.Size);
        TensorFrame.WriteCount(payload, inputs.Length);
        int position = 0;
        foreach (var input in inputs)
        {
            position = TensorFrame.WriteDescriptor(payload, position, input.ElementType, offset, input.Bytes.Length, input.Dimensions);
            input.Bytes.Span.CopyTo(payload[(int)offset..]);
            offset += 64;
        }

        new FrameHeader(FrameType.Run, request, frame.Length - FrameHeader.Size).Write(frame);
        return frame;
    }

    private static async Task IsBadAsync(string message, byte[] input)
    {
        // its own decision, not the end of the input, has to end it, unless that is what the case is about
        var frames = await EndsWithAsync(65, input, closeInput: message.StartsWith("ended", StringComparison.Ordinal));

        Assert.Equal(FrameType.Failed, frames[^1].Type);
        Assert.Equal(FailedKind.Protocol, frames[^1].Failed!.Kind);
        Assert.Contains(message, frames[^1].Failed!.Message, StringComparison.Ordinal);
    }

    /// <summary>Sends all bytes and returns every frame that came.</summary>
    private static async Task<List<(FrameType Type, FailedReply? Failed)>> EndsWithAsync(int exitCode, byte[]? input = null, bool closeInput = true)
    {
        using var parent = new ParentThread(RunnerStart.Describe(new RunnerOptions()));
        using var process = await parent.StartedAsync();
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var log = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? []);
            await process.StandardInput.BaseStream.FlushAsync();
            if (input is not null && exitCode == 0)
                await Task.Delay(300); // let a run begin before the input ends
            if (closeInput)
                process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it gave up before it had read everything
        }

        await reading.WaitAsync(Limit);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode, $"exit code {process.ExitCode}, not {exitCode}: {await log}");
        return Parse(output.ToArray());
    }

    private static List<(FrameType Type, FailedReply? Failed)> Parse(byte[] bytes)
    {
        var frames = new List<(FrameType, FailedReply?)>();
        for (int at = 0; at < bytes.Length;)
        {
            var header = FrameHeader.Read(bytes.AsSpan(at, FrameHeader.Size), FrameHeader.MaxLength);
            at += FrameHeader.Size;
            frames.Add((header.Type, header.Type == FrameType.Failed ? FailedReply.Read(bytes.AsSpan(at, (int)header.Length)) : null));
            at += (int)header.Length;
        }

        return frames;
    }
}
