using System.Text;
using Arena.Worker.Hosting;

namespace Arena.Tests.Worker;

/// <summary>A worker inside the test's process and what it wrote.</summary>
internal sealed class RunningWorker
{
    private readonly SharedWriter output = new();
    private readonly SharedWriter errors = new();
    private readonly CancellationTokenSource stop = new();

    public RunningWorker(string[] args, string? token, Stream input, WorkerPace pace)
    {
        string? Variable(string name) => string.Equals(name, "ARENA_WORKER_TOKEN", StringComparison.Ordinal) ? token : null;
        ExitCode = Task.Run(() => WorkerProgram.RunAsync(args, Variable, input, output, errors, stop.Token, pace));
    }

    public Task<int> ExitCode { get; }

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    /// <summary>As SIGTERM does.</summary>
    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await ExitCode.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>May be read while it is written to.</summary>
    private sealed class SharedWriter : TextWriter
    {
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void Write(string? value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override string ToString()
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }
}
