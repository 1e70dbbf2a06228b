using System.Net;
using Arena.Web.Hosting;
using Xunit;

namespace Arena.ComponentTests.Hosting;

public sealed class HostingTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    public void ClientOf_Address_IsTheHousehold(string address, string client) => Assert.Equal(client, RequestLimits.ClientOf(IPAddress.Parse(address)));

    [Fact]
    public void Parse_AddressesAndNetworks_BothAreKnown()
    {
        var (addresses, networks) = TrustedProxies.Parse(["10.0.0.5", "192.168.0.0/16"]);
        Assert.Equal("10.0.0.5", Assert.Single(addresses).ToString());
        Assert.Equal("192.168.0.0/16", Assert.Single(networks).ToString());
    }

    [Fact]
    public void Parse_Nonsense_SaysWhatToWrite() =>
        Assert.Contains("10.0.0.0/8", Assert.Throws<InvalidOperationException>(() => TrustedProxies.Parse(["proxy.example"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/api/v1/leaderboards", true)]
    [InlineData("/worker/v1/acquire", true)]
    [InlineData("/apiary", false)]
    [InlineData("/leaderboards", false)]
    public void IsForMachines_ByFirstSegment(string path, bool machines) => Assert.Equal(machines, ErrorPages.IsForMachines(path));
}
