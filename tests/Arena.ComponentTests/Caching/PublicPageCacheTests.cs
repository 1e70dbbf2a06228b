using Arena.Web.Caching;
using Microsoft.AspNetCore.OutputCaching;
using Xunit;

namespace Arena.ComponentTests.Caching;

public sealed class PublicPageCacheTests
{
    [Fact]
    public async Task EvictAsync_Tag_ChangesItsStampOnly()
    {
        var store = new Store();
        var cache = new PublicPageCache(store);
        var (before, other) = (cache.StampOf("board:digits"), cache.StampOf("boards"));
        await cache.EvictAsync(PublicPageCache.Board("Digits"));
        Assert.NotEqual(before, cache.StampOf("board:digits"));
        Assert.Equal(other, cache.StampOf("boards"));
        Assert.Equal(["board:digits"], store.Evicted);
    }

    [Fact]
    public async Task EvictEveryBoardAsync_AfterAGap_ChangesEveryStamp()
    {
        var cache = new PublicPageCache(new Store());
        var before = cache.StampOf("board:never-evicted");
        await cache.EvictEveryBoardAsync();
        Assert.NotEqual(before, cache.StampOf("board:never-evicted"));
    }

    [Fact]
    public void StampOf_AnotherStart_IsAnother() => Assert.NotEqual(new PublicPageCache(new Store()).StampOf("boards"), new PublicPageCache(new Store()).StampOf("boards"));

    private sealed class Store : IOutputCacheStore
    {
        public List<string> Evicted { get; } = [];

        public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
        {
            Evicted.Add(tag);
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]?>(null);

        public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
