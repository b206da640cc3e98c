using System.Net;
using System.Net.Sockets;

namespace Republic.Core.Security;

/// <summary>Sorts an address into its <see cref="AddressKind"/>, seeing through every way an IPv4 address hides in an IPv6 one.</summary>
public static class AddressKinds
{
    private static readonly IPNetwork[] Metadata =
    [
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.100.100.200/32"), // Alibaba, inside carrier-grade NAT space
        IPNetwork.Parse("192.0.0.192/32"), // Oracle
        IPNetwork.Parse("168.63.129.16/32"), // Azure, a public address
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("fd00:ec2::/32"), // AWS
        IPNetwork.Parse("fd20:ce::/32"), // Google
    ];

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.31.196.0/24"), // AS112, as are 192.175.48.0 and 2620:4f:8000::
        IPNetwork.Parse("192.52.193.0/24"), // Automatic Multicast Tunneling
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.175.48.0/24"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"), // multicast and class E with broadcast
        IPNetwork.Parse("2001::/23"), // Teredo, ORCHID, benchmarking
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2620:4f:8000::/48"),
        IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static AddressKind Of(IPAddress address)
    {
        if (In(Metadata, address))
        {
            return AddressKind.Metadata;
        }

        if (In(Loopback, address))
        {
            return AddressKind.Loopback;
        }

        if (In(Private, address))
        {
            return AddressKind.Private;
        }

        if (In(Reserved, address))
        {
            return AddressKind.Reserved;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return AddressKind.Public;
        }

        return Embedded(address) is { } inner ? Of(inner)
            : GlobalUnicast.Contains(address) ? AddressKind.Public
            : AddressKind.Reserved;
    }

    private static bool In(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    // IPv4-mapped and -compatible, SIIT, NAT64, 6to4 and ISATAP all end at an IPv4 host.
    private static IPAddress? Embedded(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        ReadOnlySpan<byte> mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
        ReadOnlySpan<byte> translated = [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0];
        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        var head = bytes.AsSpan(0, 12);
        var tail = new IPAddress(bytes.AsSpan(12));
        if (head.SequenceEqual(mapped) || head.SequenceEqual(translated) || head.SequenceEqual(nat64) || !head.ContainsAnyExcept((byte)0))
        {
            return tail;
        }

        if (bytes[0] == 0x20 && bytes[1] == 0x02)
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }

        var isatap = (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
        return isatap ? tail : null;
    }
}
