using System.Security.Cryptography;
using Arena.Contracts.Workers;
using Arena.Tests.Support;
using Arena.Worker.Artefacts;

namespace Arena.Tests.Worker;

public sealed class ArtefactCacheTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Get_MoreThanFits_DropsWhatWasNotUsedForLongest()
    {
        var cache = ArtefactCache.Open(folder.Path, 250, time);
        var first = await GetAsync(cache, 1);
        var second = await GetAsync(cache, 2);
        await GetAsync(cache, 1);

        var third = await GetAsync(cache, 3);

        Assert.Equal(new[] { first, third }.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(second));
    }

    [Fact]
    public async Task Get_FileInUse_IsNotDropped()
    {
        var cache = ArtefactCache.Open(folder.Path, 150, time);
        var used = await GetAsync(cache, 1);

        await GetAsync(cache, 2, Path.GetFileName(used));

        Assert.True(File.Exists(used));
    }

    [Fact]
    public async Task Get_FetchThatBreaks_LeavesNothing()
    {
        var cache = ArtefactCache.Open(folder.Path, 1000, time);
        var (artefact, bytes) = Make(1);

        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync(
            artefact,
            [],
            async (_, target, cancellationToken) =>
            {
                await target.WriteAsync(bytes.AsMemory(0, 50), cancellationToken);
                throw new IOException("No space left on device");
            },
            CancellationToken.None));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public async Task Get_NoHash_IsRefused(string name)
    {
        var cache = ArtefactCache.Open(folder.Path, 1000, time);

        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetAsync(new Artefact("/x", name, 1), [], (_, _, _) => Task.CompletedTask, CancellationToken.None));
    }

    [Fact]
    public async Task Open_LeftoversOfKilledWorkers_AreCleared()
    {
        var old = folder.In("old.part");
        await File.WriteAllTextAsync(old, "x");
        File.SetLastWriteTimeUtc(old, time.Now.AddDays(-1).UtcDateTime);
        var young = folder.In("young.part");
        await File.WriteAllTextAsync(young, "x");
        File.SetLastWriteTimeUtc(young, time.Now.UtcDateTime);

        ArtefactCache.Open(folder.Path, 1000, time);

        Assert.Equal([young], Directory.GetFiles(folder.Path));
    }

    private static (Artefact Artefact, byte[] Bytes) Make(byte content)
    {
        var bytes = new byte[100];
        Array.Fill(bytes, content);
        return (new Artefact("/x", Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length), bytes);
    }

    private async Task<string> GetAsync(ArtefactCache cache, byte content, params string[] needed)
    {
        time.Now += TimeSpan.FromMinutes(1);
        var (artefact, bytes) = Make(content);
        var path = await cache.GetAsync(artefact, needed, (_, target, cancellationToken) => target.WriteAsync(bytes, cancellationToken).AsTask(), CancellationToken.None);
        File.SetLastWriteTimeUtc(path, time.Now.UtcDateTime);
        return path;
    }
}
