using System.Runtime.InteropServices;
using Arena.Worker.Hosting;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true; // the jobs are given back first
    stop.Cancel();
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
return await WorkerProgram.RunAsync(args, Environment.GetEnvironmentVariable, Console.OpenStandardInput(), Console.Out, Console.Error, stop.Token);
