using Arena.Cli.Hosting;
using Arena.Contracts.Suites;
using Arena.Evaluation.Suites;
using Arena.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Arena.Tests.Cli;

public sealed class SuiteImportCommandTests : IAsyncLifetime
{
    private const string Token = "the-operators-token";
    private static readonly string Digits = Path.Combine(RepositoryFolder.Path, "eval-suites", "digits");

    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal) { [SuiteImport.TokenVariable] = Token };
    private WebApplication server = null!;
    private string address = "";
    private IResult answer = Results.Ok(new SuiteImportAnswer("digits", 2, true, 899, 13));
    private byte[]? received;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost(SuiteImport.Path, async (HttpContext context) =>
        {
            if (!string.Equals(context.Request.Headers.Authorization, "Bearer " + Token, StringComparison.Ordinal))
            {
                return Results.Problem(statusCode: 401);
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received = body.ToArray();
            return answer;
        });
        await server.StartAsync();
        address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Import_NewVersion_SaysWhatItStarted()
    {
        Assert.Equal(CliExitCode.Done, await RunAsync(Digits));

        Assert.Equal("Imported digits version 2: 899 samples, 13 runs queued.", output.ToString().Trim());
        Assert.Empty(errors.ToString());
        using var zip = new MemoryStream(received!);
        var sent = Assert.IsType<SuiteLoad.Loaded>(SuiteArchive.Load(zip)).Suite;
        Assert.Equal(Assert.IsType<SuiteLoad.Loaded>(SuiteFolder.Load(Digits)).Suite.Checksum, sent.Checksum);
    }

    [Fact]
    public async Task Import_SameContent_SaysThatNothingChanged()
    {
        answer = Results.Ok(new SuiteImportAnswer("digits", 1, false, 899, 0));

        Assert.Equal(CliExitCode.Done, await RunAsync(Digits));

        Assert.Equal("digits version 1 has this content already; nothing changed.", output.ToString().Trim());
    }

    [Fact]
    public async Task Import_FolderWithMistakes_ListsThemAllAndSendsNothing()
    {
        Copy();
        await File.AppendAllTextAsync(folder.In("samples.csv"), "wrong,line\n");
        File.Delete(folder.In("LICENSE"));
        File.Delete(folder.In("images.npy"));

        Assert.Equal(CliExitCode.Refused, await RunAsync(folder.Path));

        var lines = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 3, errors.ToString());
        Assert.Contains(lines, line => line.Contains("images.npy", StringComparison.Ordinal));
        Assert.Equal($"The suite was not imported: {lines.Length - 1} problems.", lines[^1]);
        Assert.Null(received);
    }

    [Fact]
    public async Task Import_NoSuchFolder_SaysSo()
    {
        Assert.Equal(CliExitCode.Refused, await RunAsync(folder.In("gone")));

        Assert.Contains("give the folder that holds suite.yaml", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RefusedByTheServer_ListsItsProblems()
    {
        answer = Results.Json(new SuiteRefusal(["The first.", "The second."]), statusCode: 422);

        Assert.Equal(CliExitCode.Refused, await RunAsync(Digits));

        Assert.Equal("The first.\nThe second.\nThe suite was not imported: 2 problems.\n", errors.ToString());
    }

    [Fact]
    public async Task Import_WrongToken_SaysWhereTheRightOneIs()
    {
        variables[SuiteImport.TokenVariable] = "another";

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits));

        Assert.Contains("does not accept this token", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("another", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NobodyAnswers_SaysHowToStart()
    {
        await server.StopAsync();

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits));

        Assert.Equal($"No Arena answers at {address}/. Start it with ./arena run, or give --server.", errors.ToString().Trim());
    }

    [Fact]
    public async Task Import_ServerFails_GivesItsReason()
    {
        answer = Results.Problem("The disk is full.", statusCode: 507);

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits));

        Assert.Equal($"{address}/ answered 507: The disk is full.", errors.ToString().Trim());
    }

    [Fact]
    public async Task Import_SomethingElseAnswers_SaysSo()
    {
        answer = Results.Text("hello");

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits));

        Assert.Contains("is no Arena", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ARENA_DATA")]
    [InlineData("Arena__Data")]
    [InlineData(null)] // .arena of a folder above the current one
    public async Task Token_InTheDataFolder_IsFound(string? variable)
    {
        variables.Clear();
        Directory.CreateDirectory(folder.In("repository/below"));
        var data = Directory.CreateDirectory(folder.In(variable is null ? "repository/.arena" : "data")).FullName;
        WriteToken(Path.Combine(data, SuiteImport.TokenFileName), UnixFileMode.UserRead);
        if (variable is not null)
        {
            variables[variable] = data;
        }

        Assert.Equal(CliExitCode.Done, await RunAsync(Digits, current: folder.In("repository/below")));

        Assert.NotNull(received);
    }

    [Fact]
    public async Task Token_FileThatOthersCanRead_IsRefused()
    {
        WriteToken(folder.In("token"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits, "--token-file", "token"));

        Assert.Equal($"Others can read the token file {folder.In("token")}. Run: chmod 600 {folder.In("token")}", errors.ToString().Trim());
        Assert.Null(received);
    }

    [Fact]
    public async Task Token_Nowhere_SaysWhereItWouldBe()
    {
        variables.Clear();

        Assert.Equal(CliExitCode.Failed, await RunAsync(Digits));

        Assert.Contains("A running Arena keeps one in its data folder", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Always_NamesTheOptions()
    {
        Assert.Equal(CliExitCode.Done, await CliProgram.RunAsync(["suite", "import", "--help"], Surroundings(), CancellationToken.None));

        Assert.Contains("--token-file", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suite", "import")]
    [InlineData("suite", "frobnicate")]
    public async Task CommandLine_Wrong_Fails(params string[] args)
    {
        Assert.Equal(CliExitCode.Failed, await CliProgram.RunAsync(args, Surroundings(), CancellationToken.None));
        Assert.NotEmpty(errors.ToString());
    }

    private Task<int> RunAsync(string suite, params string[] options) => CliProgram.RunAsync(["suite", "import", suite, "--server", address, .. options], Surroundings(), CancellationToken.None);

    private Task<int> RunAsync(string suite, string current) => CliProgram.RunAsync(["suite", "import", suite, "--server", address], Surroundings() with { Folder = current }, CancellationToken.None);

    private CliSurroundings Surroundings() => new(variables.GetValueOrDefault, folder.Path, output, errors);

    private static void WriteToken(string path, UnixFileMode mode)
    {
        File.WriteAllText(path, Token + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private void Copy()
    {
        foreach (var file in Directory.EnumerateFiles(Digits, "*", SearchOption.AllDirectories))
        {
            var target = folder.In(Path.GetRelativePath(Digits, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
