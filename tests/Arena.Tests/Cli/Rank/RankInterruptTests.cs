using System.Text;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Long work says how far it is, and stops when told to.</summary>
public sealed class RankInterruptTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Interrupted_WhileInputNeverComes_LeavesWith130()
    {
        using var stop = new CancellationTokenSource();
        using var errors = new StringWriter();
        using var input = new WaitingStream();
        Task<int> work = run.RunAsync(["rank", "-", "--quiet"], input, errors, stop.Token);
        await input.Asked.Task.WaitAsync(Long);

        await stop.CancelAsync();

        Assert.Equal(CliExitCode.Interrupted, await work.WaitAsync(Long));
        Assert.Contains("Interrupted.", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Progress_OfLongWork_IsSaidAndShortIsNot()
    {
        using var errors = new SignallingWriter("reading");
        using var input = new WaitingStream();
        Task<int> work = run.RunAsync(["rank", "-"], input, errors, CancellationToken.None);
        await errors.Seen.Task.WaitAsync(Long); // before a byte came

        input.Come(RankSamples.Votes());

        Assert.Equal(CliExitCode.Done, await work.WaitAsync(Long));
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", run.Write("votes.csv", RankSamples.Votes())]));
        Assert.Empty(run.Errors);
    }

    /// <summary>A stream whose bytes come later.</summary>
    private sealed class WaitingStream : Stream
    {
        private readonly TaskCompletionSource<byte[]> _content = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _at;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Come(string text) => _content.SetResult(Encoding.UTF8.GetBytes(text));

        public override int Read(byte[] buffer, int offset, int count)
        {
            Asked.TrySetResult();
            byte[] content = _content.Task.GetAwaiter().GetResult();
            int read = Math.Min(count, content.Length - _at);
            content.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            return read;
        }

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            _content.TrySetResult([]); // whoever still waits goes home
            base.Dispose(disposing);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Says when a word was written.</summary>
    private sealed class SignallingWriter(string word) : StringWriter
    {
        public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            if (value?.Contains(word, StringComparison.Ordinal) == true)
            {
                Seen.TrySetResult();
            }

            base.WriteLine(value);
        }
    }
}
