using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Arena.Contracts.Suites;
using Arena.Evaluation.Suites;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Suites;

[Collection(PostgresGroup.Name)]
public sealed class SuiteEndpointsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Import_WithTheOperatorsToken_MakesAVersionAndThenNone()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var first = await PostAsync(arena, Zip(), await TokenAsync(arena));
        Assert.Equal(new SuiteImportAnswer("tiny", 1, true, TinySuite.Samples, 2), await first.Content.ReadFromJsonAsync<SuiteImportAnswer>());
        using var second = await PostAsync(arena, Zip(), await TokenAsync(arena));
        Assert.Equal(new SuiteImportAnswer("tiny", 1, false, TinySuite.Samples, 0), await second.Content.ReadFromJsonAsync<SuiteImportAnswer>());
    }

    [Fact]
    public async Task Import_WithoutTheToken_Is401AndNothingIsRead()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var answer = await PostAsync(arena, Zip(), "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0L, await arena.ScalarAsync("select count(*) from suites"));
    }

    [Fact]
    public async Task Import_NotAZip_Is422WithSentences()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var answer = await PostAsync(arena, "this is no zip"u8.ToArray(), await TokenAsync(arena));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<SuiteRefusal>())!.Problems);
    }

    [Fact]
    public async Task Import_ClientGoesInTheMiddle_NothingIsKept()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var zip = Zip();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(arena.Address.Host, arena.Address.Port);
            var head = $"POST {SuiteImport.Path} HTTP/1.1\r\nHost: {arena.Address.Authority}\r\nAuthorization: Bearer {await TokenAsync(arena)}\r\nContent-Length: {zip.Length}\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await socket.GetStream().WriteAsync(zip.AsMemory(0, zip.Length / 2));
            await socket.GetStream().FlushAsync();
            Assert.True(await Eventually.IsTrueAsync(() => Directory.EnumerateFiles(Path.Combine(arena.DataFolder, "incoming")).Any()));
        }

        Assert.True(await Eventually.IsTrueAsync(() => !Directory.EnumerateFiles(Path.Combine(arena.DataFolder, "incoming")).Any()));
        Assert.Equal(0L, await arena.ScalarAsync("select count(*) from suites"));
    }

    [Fact]
    public async Task Start_HalfAnUploadLeftByAKilledHost_IsDeletedAndNothingCameOfIt()
    {
        await using (await TestArena.StartAsync(postgres))
        {
            // makes the template
        }

        var folder = new TestFolder();
        Directory.CreateDirectory(folder.In("incoming"));
        await File.WriteAllBytesAsync(folder.In("incoming/half"), Zip().AsMemory(0, 500).ToArray());
        await using var arena = await TestArena.StartOnAsync(await postgres.CreateDatabaseAsync("migrated"), folder);
        Assert.Empty(Directory.EnumerateFiles(folder.In("incoming")));
        Assert.Equal(0L, await arena.ScalarAsync("select count(*) from suites"));
    }

    [Fact]
    public async Task Start_OneFolderCorrupted_TheOthersAreImported()
    {
        using var suites = new TestFolder();
        TinySuite.Write(suites.In("good"));
        TinySuite.Write(suites.In("bad"));
        await File.WriteAllTextAsync(Path.Combine(suites.In("bad"), "samples.csv"), "id,label\nx,three\n");
        await using var arena = await TestArena.StartAsync(postgres, suites.Path);
        Assert.True(await Eventually.IsTrueAsync(async () => await arena.ScalarAsync("select count(*) from suite_versions") is 1L));
        using var home = await arena.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task Token_OnDisk_IsForItsOwnerOnly()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(arena.DataFolder, SuiteImport.TokenFileName)));
    }

    private static byte[] Zip()
    {
        using var zip = new MemoryStream();
        SuiteArchive.Pack(TinySuite.Make(), zip);
        return zip.ToArray();
    }

    private static Task<string> TokenAsync(TestArena arena) => File.ReadAllTextAsync(Path.Combine(arena.DataFolder, SuiteImport.TokenFileName));

    private static Task<HttpResponseMessage> PostAsync(TestArena arena, byte[] zip, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, SuiteImport.Path) { Content = new ByteArrayContent(zip) };
        request.Headers.Authorization = new("Bearer", token);
        return arena.Client.SendAsync(request);
    }
}
