using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Arena.EndToEnd.Support;

/// <summary>Arena as a user starts it: the host's program in a process of its own, with its embedded PostgreSQL and its worker.</summary>
internal sealed class ArenaProcess : IAsyncDisposable
{
    private readonly Launch launch;
    private readonly List<string> log = [];
    private Process? host;

    private ArenaProcess(string dataFolder, int port, Launch launch)
    {
        (DataFolder, this.launch) = (dataFolder, launch);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public string DataFolder { get; }

    public Uri Address { get; }

    /// <summary>A visitor without cookies, who is not led on by redirects.</summary>
    public HttpClient Client { get; }

    public int ProcessId => host!.Id;

    /// <summary>Everything the host printed so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return string.Join('\n', log);
            }
        }
    }

    public static Task<ArenaProcess> StartAsync(params string[] settings) => StartAsync(new Launch(Repository.Web, settings));

    public static async Task<ArenaProcess> StartAsync(Launch launch)
    {
        var arena = new ArenaProcess(Directory.CreateTempSubdirectory("arena-e2e-").FullName, FreePort(), launch);
        try
        {
            await arena.StartHostAsync();
            return arena;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the host again on the same data and port.</summary>
    public async Task StartHostAsync()
    {
        var info = new ProcessStartInfo("dotnet",
        [
            launch.Program,
            "--urls", Address.ToString().TrimEnd('/'),
            "--Arena:Data", DataFolder,
            .. launch.Settings,
        ])
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(launch.Program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ASPNETCORE_ENVIRONMENT"] = launch.Environment;
        info.Environment.Remove("ConnectionStrings__Arena");
        host = Process.Start(info)!;
        host.OutputDataReceived += (_, line) => Note(line.Data);
        host.ErrorDataReceived += (_, line) => Note(line.Data);
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        await WaitAsync("the host to be ready", TimeSpan.FromMinutes(3), async () =>
        {
            if (host.HasExited)
            {
                throw new InvalidOperationException("The host ended:\n" + Log);
            }

            try
            {
                using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // not listening yet
            }
        });
    }

    /// <summary>The link for the first administrator, as the console gives it.</summary>
    public async Task<Uri> FirstAdministratorLinkAsync()
    {
        Uri? link = null;
        await WaitAsync("the first administrator's link", TimeSpan.FromSeconds(30), () => Task.FromResult(
            (link = Log.Split('\n').Select(line => line.Trim()).Where(line => line.Contains("/account/first-administrator#", StringComparison.Ordinal)).Select(line => new Uri(line)).FirstOrDefault()) is not null));
        return link!;
    }

    /// <summary>Waits until a board of that name is there, with or without standings.</summary>
    public Task WaitForBoardAsync(string slug) => WaitAsync("the board " + slug, TimeSpan.FromMinutes(1), async () =>
    {
        using var answer = await Client.GetAsync(new Uri("/api/v1/leaderboards/" + slug, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK;
    });

    /// <summary>kill -9 of the host alone.</summary>
    public async Task KillHostAsync()
    {
        host!.Kill();
        await host.WaitForExitAsync();
    }

    /// <summary>Process ids whose command line holds a text and that descend from this host or use its data.</summary>
    public IReadOnlyList<int> FindProcesses(string text)
    {
        List<int> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            try
            {
                var line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (line.Contains(text, StringComparison.Ordinal) && (Ancestors(id).Contains(ProcessId) || line.Contains(DataFolder, StringComparison.Ordinal)))
                {
                    found.Add(id);
                }
            }
            catch (IOException)
            {
                // it ended while we looked
            }
        }

        return found;
    }

    /// <summary>The postmaster and everything it started.</summary>
    public IReadOnlyList<int> FindPostgres()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(DataFolder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        return [postmaster, .. FindProcesses("postgres").Where(id => id != postmaster && Ancestors(id).Contains(postmaster))];
    }

    /// <summary>The board as the API gives it.</summary>
    public async Task<JsonElement> BoardAsync(string slug)
    {
        using var document = await Client.GetFromJsonAsync<JsonDocument>(new Uri("/api/v1/leaderboards/" + slug, UriKind.Relative));
        return document!.RootElement.Clone();
    }

    /// <summary>Waits until every row of the board stands on all samples.</summary>
    public async Task<JsonElement> WaitForFullBoardAsync(string slug, int entries)
    {
        JsonElement board = default;
        await WaitAsync($"{entries} entries measured in full on {slug}", TimeSpan.FromMinutes(5), async () =>
        {
            try
            {
                board = await BoardAsync(slug);
            }
            catch (HttpRequestException)
            {
                return false;
            }

            var standings = board.GetProperty("standings").EnumerateArray().ToList();
            return standings.Count == entries && standings.TrueForAll(row => row.GetProperty("evidence").GetProperty("samples").GetInt32() == row.GetProperty("evidence").GetProperty("suite_samples").GetInt32());
        });
        return board;
    }

    public async Task WaitAsync(string what, TimeSpan limit, Func<Task<bool>> condition)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(100))
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds:F0} s for {what}. The host said:\n{Log}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (host is { HasExited: false })
        {
            using var terminate = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)])!;
            await terminate.WaitForExitAsync();
            await host.WaitForExitAsync();
        }

        host?.Dispose();
        Client.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<int> Ancestors(int id)
    {
        while (id > 1)
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // the name in brackets may hold spaces; the parent is the second field after it
            id = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
            yield return id;
        }
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (log)
            {
                log.Add(line);
            }
        }
    }
}
