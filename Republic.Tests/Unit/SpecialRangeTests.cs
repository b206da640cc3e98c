using System.Net;
using Microsoft.Security.AntiSSRF;
using Republic.Core.Security;

namespace Republic.Tests.Unit;

/// <summary>What Microsoft's library takes for no public address is none here either.</summary>
public sealed class SpecialRangeTests
{
    [Fact]
    public void No_range_that_is_special_elsewhere_is_public_here()
    {
        var ranges = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest).DeniedAddresses;

        Assert.True(ranges.Count > 30);
        Assert.Empty(
            from range in ranges
            let network = System.Net.IPNetwork.Parse(range)
            from address in (IPAddress[])[network.BaseAddress, Last(network)]
            where AddressKinds.Of(address) == AddressKind.Public
            select $"{range}: {address}"
        );
    }

    [Theory]
    [InlineData("192.31.196.1")]
    [InlineData("192.52.193.255")]
    [InlineData("192.175.48.6")]
    [InlineData("2620:4f:8000::53")]
    public void What_the_attack_found_public_is_not(string address) =>
        Assert.Equal(AddressKind.Reserved, AddressKinds.Of(IPAddress.Parse(address)));

    private static IPAddress Last(System.Net.IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }
}
