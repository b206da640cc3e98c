using Republic.Web.Http.Security;

namespace Republic.Tests.Unit.Http;

public sealed class HostDefaultsTests
{
    [Fact]
    public void A_loopback_address_answers_to_the_names_of_loopback_alone() =>
        Assert.Equal(["localhost", "127.0.0.1", "[::1]"], HostDefaults.For("http://localhost:5080"));

    [Fact]
    public void A_bound_name_is_answered_to() =>
        Assert.Contains("republic.example.org", HostDefaults.For("http://republic.example.org:8080;http://localhost:5080"));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://[::]:5080")]
    public void Bound_to_everything_it_answers_to_this_machines_own_names_but_not_to_any(string url)
    {
        var hosts = HostDefaults.For(url).ToList();
        Assert.Contains(System.Net.Dns.GetHostName(), hosts);
        Assert.DoesNotContain("*", hosts);
    }
}
