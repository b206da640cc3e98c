using Republic.Core;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit;

public sealed class OutboundGuardTests
{
    public static TheoryData<string> Forbidden =>
        [
            // loopback in every spelling
            "http://127.0.0.1/v1",
            "http://127.0.0.1:5080/v1",
            "http://127.255.255.254/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://017700000001/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://127.0.1/",
            "http://0177.0.0.1/",
            "http://0x7f.0x0.0x0.0x1/",
            "http://00000177.1/",
            "http://127.0.0.1./",
            "http://127.0.0.0x1/",
            "http://localhost/",
            "http://LOCALHOST:11434/v1",
            "http://localhost./",
            "http://db.localhost/",
            "http://[::1]/",
            "http://[0:0:0:0:0:0:0:1]:8080/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[::ffff:0:127.0.0.1]/",
            "http://[2001:4860::5efe:127.0.0.1]/",
            // unspecified and broadcast
            "http://0.0.0.0/",
            "http://0/",
            "http://0.1.2.3/",
            "http://[::]/",
            "http://255.255.255.255/",
            "http://224.0.0.1/",
            "http://240.0.0.1/",
            "http://[ff02::1]/",
            // private networks
            "http://10.0.0.1/",
            "http://10.255.255.255/",
            "http://167772161/",
            "http://172.16.0.1/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://0xc0a80101/",
            "http://100.64.0.1/",
            "http://[fc00::1]/",
            "http://[fd12:3456:789a::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[2002:c0a8:101::1]/",
            "http://[64:ff9b:1::a00:1]/",
            // metadata and link-local
            "http://169.254.169.254/latest/meta-data/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
            "http://169.254.169.254./",
            "http://169.254.170.2/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[fe80::1%25eth0]/",
            "http://[::ffff:169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://100.100.100.200/",
            "http://168.63.129.16/",
            // reserved
            "http://192.0.2.1/",
            "http://198.18.0.1/",
            "http://198.51.100.1/",
            "http://203.0.113.9/",
            "http://[2001:db8::1]/",
            "http://[2001::1]/",
            // names that only look like names
            "http://4294967297/",
            "http://1.2.3.4.5/",
            "http://example.0x7f/",
            "http://１２７.０.０.１/",
            "http://①②⑦.⓪.⓪.①/",
            "http://127。0。0。1/",
            "http://ｌocalhost/",
            "http://１６９.254.169.254/",
            // credentials and schemes
            "http://user@example.com/",
            "http://user:pass@example.com/",
            "http://127.0.0.1%2f@example.com/",
            "http://example.com@127.0.0.1/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_PING",
            "ftp://example.com/",
            "dict://127.0.0.1:11211/",
            "ldap://127.0.0.1/",
            "jar:http://127.0.0.1!/",
            "data:text/plain,hello",
            "javascript:alert(1)",
            "unix:///var/run/docker.sock",
        ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void A_forbidden_address_is_refused_in_the_form_naming_the_field(string url)
    {
        var failure = Guards.Strict().Check(new Uri(url));

        Assert.NotNull(failure);
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Equal("base_url", Assert.Single(failure.Fields).Field);
    }

    [Theory]
    [InlineData("https://api.example.com/v1")]
    [InlineData("http://example.com:8080/v1")]
    [InlineData("https://example.com./v1")]
    [InlineData("https://münchen.example/v1")]
    [InlineData("https://8.8.8.8/v1")]
    [InlineData("https://172.32.0.1/v1")]
    [InlineData("https://100.128.0.1/v1")]
    [InlineData("https://[2606:4700:4700::1111]/v1")]
    [InlineData("https://[64:ff9b::808:808]/v1")]
    public void A_public_address_passes(string url) => Assert.Null(Guards.Strict().Check(new Uri(url)));

    [Fact]
    public void The_message_says_what_a_superuser_can_do()
    {
        var failure = Guards.Allowing("10.0.0.9").Check(new Uri("http://127.0.0.1:11434/v1"));

        Assert.Equal("127.0.0.1:11434 is a private address. A superuser can allow 127.0.0.1:11434 at /admin/hosts.", failure?.Message);
    }

    [Theory]
    [InlineData("127.0.0.1:9101", "http://127.0.0.1:9101/v1", true)]
    [InlineData("127.0.0.1:9101", "http://2130706433:9101/v1", true)]
    [InlineData("127.0.0.1:9101", "http://[::ffff:127.0.0.1]:9101/v1", true)]
    [InlineData("127.0.0.1:9101", "http://localhost:9101/v1", true)]
    [InlineData("127.0.0.1:9101", "http://127.0.0.1:9102/v1", false)]
    [InlineData("127.0.0.1:9101", "http://127.0.0.2:9101/v1", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:1/v1", true)]
    [InlineData("localhost:11434", "http://LOCALHOST.:11434/v1", true)]
    [InlineData("localhost:11434", "http://127.0.0.1:11434/v1", false)]
    [InlineData("[::1]:8000", "http://[::1]:8000/v1", true)]
    [InlineData("[::1]:8000", "http://[::1]:8001/v1", false)]
    [InlineData("::1", "http://[::1]:8001/v1", true)]
    [InlineData("192.168.1.20", "https://192.168.1.20/v1", true)]
    [InlineData("192.168.1.20", "https://192.168.1.2/v1", false)]
    public void An_allowed_host_is_allowed_on_its_port_alone(string allowed, string url, bool passes) =>
        Assert.Equal(passes, Guards.Allowing(allowed).Check(new Uri(url)) is null);

    [Theory]
    [InlineData("http://127.0.0.1:1234/v1", true)]
    [InlineData("http://192.168.0.7/v1", true)]
    [InlineData("http://100.64.3.2/v1", true)]
    [InlineData("http://[fd12::1]/v1", true)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://[fd00:ec2::254]/", false)]
    [InlineData("http://100.100.100.200/", false)]
    [InlineData("http://[fe80::1]/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://224.0.0.1/", false)]
    public void Private_networks_can_be_allowed_as_a_whole_but_metadata_never(string url, bool passes) =>
        Assert.Equal(passes, Guards.New(new OutboundOptions { AllowPrivateNetworks = true }).Check(new Uri(url)) is null);

    [Fact]
    public void Not_even_a_listed_metadata_address_is_allowed()
    {
        var failure = Guards.Allowing("169.254.169.254", "fd00:ec2::254").Check(new Uri("http://169.254.169.254/"));

        Assert.Contains("never allowed", failure?.Message);
    }
}
