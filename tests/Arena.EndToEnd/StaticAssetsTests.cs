using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>Scripts and styles come whole, in whichever way the host is started.</summary>
public sealed partial class StaticAssetsTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Assets_StartedFromABuild_ComeWhole(string environment)
    {
        await using var arena = await ArenaProcess.StartAsync(new Launch(Repository.Web, Launch.WithoutWorker, environment));
        await CheckAsync(arena);
    }

    [Fact]
    public async Task Assets_StartedFromAPublishedFolder_ComeWhole()
    {
        var folder = Directory.CreateTempSubdirectory("arena-published-").FullName;
        try
        {
            var info = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Repository.Root, "src", "Arena.Web"), "-c", Repository.Configuration, "-o", folder, "--nologo", "--no-restore", "-nodeReuse:false"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using var publish = Process.Start(info)!;
            var said = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            Assert.True(publish.ExitCode == 0, said);

            // nothing of the clone is near: the natives and the suites are named
            string[] settings =
            [
                .. Launch.WithoutWorker,
                "--Arena:PostgresPackage", Repository.PostgresPackage,
                "--Arena:Suites", Path.Combine(Repository.Root, "eval-suites"),
            ];
            await using var arena = await ArenaProcess.StartAsync(new Launch(Path.Combine(folder, "Arena.Web.dll"), settings));
            await CheckAsync(arena);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CheckAsync(ArenaProcess arena)
    {
        await arena.WaitForBoardAsync("digits");
        var assets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in new[] { "/", FinishedArena.Board })
        {
            var html = await arena.Client.GetStringAsync(new Uri(path, UriKind.Relative));
            assets.UnionWith(AssetPattern().Matches(html).Select(match => match.Groups["path"].Value.TrimStart('.', '/')));
            using var map = JsonDocument.Parse(ImportMapPattern().Match(html).Groups["map"].Value);
            assets.UnionWith(map.RootElement.GetProperty("imports").EnumerateObject().SelectMany(each => new[] { each.Name, each.Value.GetString()! }).Select(each => each.TrimStart('.', '/')));
        }

        Assert.All(["css/arena", "css/boards", "js/theme", "js/arena", "js/live", "favicon", "lib/signalr", "_framework/blazor.web"], wanted =>
            Assert.Contains(assets, asset => asset.StartsWith(wanted, StringComparison.Ordinal)));
        foreach (var asset in assets)
        {
            foreach (var encoding in new[] { "identity", "gzip" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/" + asset, UriKind.Relative));
                request.Headers.Add("Accept-Encoding", encoding);
                using var answer = await arena.Client.SendAsync(request);
                var body = await answer.Content.ReadAsByteArrayAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.OK && body.Length > 0, $"{asset} ({encoding}): {answer.StatusCode} with {body.Length} bytes");
                Assert.Equal(TypeOf(asset), answer.Content.Headers.ContentType?.MediaType);
                if (asset.StartsWith("_framework/blazor.web", StringComparison.Ordinal) && answer.Content.Headers.ContentEncoding.Count == 0)
                {
                    Assert.Equal(187_546, body.Length);
                    Assert.Equal(Repository.BlazorScriptHash, Convert.ToHexString(SHA256.HashData(body)));
                }
            }
        }
    }

    private static string TypeOf(string asset) => Path.GetExtension(asset) switch
    {
        ".css" => "text/css",
        ".js" => "text/javascript",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"Say what type '{other}' has: {asset}"),
    };

    [GeneratedRegex("<(?:script src|link [^>]*href|arena-live [^>]*signalr)=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssetPattern();

    [GeneratedRegex("<script type=\"importmap\">(?<map>[^<]+)</script>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImportMapPattern();
}
