using Arena.Web.Accounts;
using Xunit;

namespace Arena.ComponentTests.Accounts;

public sealed class AccountRedirectsTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/leaderboards/digits?method=mean", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/a\nb", false)]
    [InlineData("javascript:alert(1)", false)]
    public void IsLocal_OnlyPathsOfThisSite(string? path, bool local) => Assert.Equal(local, AccountRedirects.IsLocal(path));

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://localhost:5080")]
    [InlineData("http://[::]:5080/", "http://localhost:5080")]
    [InlineData("https://arena.example", "https://arena.example")]
    public void Reachable_Wildcard_IsLocalhost(string url, string address) => Assert.Equal(address, FirstAdministratorAnnouncement.Reachable(url));
}
