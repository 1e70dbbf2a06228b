using Arena.Cli.Hosting;

return await CliProgram.RunAsync(args, new CliSurroundings(Environment.GetEnvironmentVariable, Environment.CurrentDirectory, Console.Out, Console.Error), CancellationToken.None);
