using System.Text;
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
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        int code = await CliProgram.RunAsync(args, new CliSurroundings(_ => null, folder.Path, output, errors) { Input = stream }, CancellationToken.None);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }
}
