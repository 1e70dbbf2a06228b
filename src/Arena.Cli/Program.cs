using Arena.Cli.Hosting;

using var input = Console.OpenStandardInput();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var surroundings = new CliSurroundings(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, Console.Out, Console.Error)
{
    Input = input,
    Watched = !Console.IsErrorRedirected,
};
return await CliProgram.RunAsync(args, surroundings, stop.Token);
