using System.Text;
using System.Text.Json;
using Arena.Cli.Hosting;
using Arena.Tests.Support;

namespace Arena.Tests.Cli.Rank;

/// <summary>The command line in a folder of its own, with what it wrote.</summary>
public sealed class RankTestRun : IDisposable
{
    private readonly TestFolder folder = new();

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public void Dispose() => folder.Dispose();

    /// <summary>Writes a file into the folder and returns its name there.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(folder.In(name), text);
        return name;
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(folder.In(name), content);
        return name;
    }

    public string In(string name) => folder.In(name);

    public async Task<int> RunAsync(string[] args, string input = "")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        using var errors = new StringWriter();
        int code = await RunAsync(args, stream, errors, CancellationToken.None);
        Errors = errors.ToString();
        return code;
    }

    public async Task<int> RunAsync(string[] args, Stream input, TextWriter errors, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        int code = await CliProgram.RunAsync(args, new CliSurroundings(_ => null, folder.Path, output, errors) { Input = input }, cancellationToken);
        Output = output.ToString();
        return code;
    }

    /// <summary>Ranks and returns the JSON; fails with what was said where it was refused.</summary>
    public async Task<JsonElement> JsonAsync(params string[] args)
    {
        int code = await RunAsync([.. args, "--format", "json"]);
        Assert.True(code == CliExitCode.Done, Errors);
        using JsonDocument json = JsonDocument.Parse(Output);
        return json.RootElement.Clone();
    }
}
