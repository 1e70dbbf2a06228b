using System.CommandLine;

namespace Arena.Worker.Hosting;

/// <summary>The worker's command line.</summary>
internal static class WorkerCommand
{
    public static RootCommand Create(Func<string, string?> environment, Func<WorkerSettings, Task<int>> run)
    {
        var server = new Option<Uri>("--server")
        {
            Description = "The Arena server's address, as in https://arena.example.org",
            Required = true,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address.UserInfo.Length == 0)
                {
                    return address;
                }

                result.AddError($"'{text}' is no address of a server. Write it as in https://arena.example.org or http://localhost:5080.");
                return null;
            },
        };
        var name = new Option<string?>("--name") { Description = "What the server may call this worker on its pages" };
        var exitWithStdin = new Option<bool>("--exit-with-stdin") { Description = "Give the jobs back and stop when standard input ends" };
        var cache = new Option<string?>("--cache") { Description = "Folder for fetched files, at most 1 GiB (default: arena-worker in your cache folder)" };
        var threads = new Option<int>("--threads") { Description = "Threads that one operator of a model may use", DefaultValueFactory = _ => 1 };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads takes a number from 1 to 256.");
            }
        });
        var once = new Option<bool>("--once") { Description = "Ask for work once, do it and stop" };
        var command = new RootCommand("Evaluates models for an Arena server. The token comes from ARENA_WORKER_TOKEN, or from the file (mode 0600) that ARENA_WORKER_TOKEN_FILE names.")
        {
            server, name, exitWithStdin, cache, threads, once,
        };
        command.SetAction(parsed => run(new WorkerSettings(parsed.GetRequiredValue(server), WorkerToken.Read(environment), parsed.GetValue(cache) ?? DefaultCache(environment))
        {
            Name = parsed.GetValue(name),
            ExitWithStdin = parsed.GetValue(exitWithStdin),
            Threads = parsed.GetValue(threads),
            Once = parsed.GetValue(once),
        }));
        return command;
    }

    private static string DefaultCache(Func<string, string?> environment)
    {
        var home = environment("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(home))
        {
            home = environment("HOME") is { Length: > 0 } user ? Path.Combine(user, ".cache") : Path.GetTempPath();
        }

        return Path.Combine(home, "arena-worker");
    }
}
