using System.Net;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Accounts;

public sealed class AddressFailuresTests
{
    private readonly Clock clock = new();
    private readonly AddressFailures failures;

    public AddressFailuresTests() =>
        failures = new AddressFailures(Options.Create(new AccountOptions { FailuresPerMinuteAndAddress = 3 }), clock);

    [Fact]
    public void An_address_waits_out_the_rest_of_its_minute_once_it_has_failed_too_often()
    {
        var address = IPAddress.Parse("203.0.113.7");
        Fail(address, 2);
        clock.Pass(TimeSpan.FromSeconds(20));
        Assert.Null(failures.WaitFor(address, AttemptKind.Password));

        Fail(address, 1);
        Assert.Equal(TimeSpan.FromSeconds(40), failures.WaitFor(address, AttemptKind.Password));

        clock.Pass(TimeSpan.FromSeconds(40));
        Assert.Null(failures.WaitFor(address, AttemptKind.Password));
    }

    [Fact]
    public void Wrong_keys_do_not_keep_anybody_from_signing_in()
    {
        var address = IPAddress.Parse("203.0.113.7");
        for (var i = 0; i < 10; i++)
        {
            failures.Add(address, AttemptKind.Key);
        }

        Assert.NotNull(failures.WaitFor(address, AttemptKind.Key));
        Assert.Null(failures.WaitFor(address, AttemptKind.Password));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    public void One_household_is_one_address(string first, string second, bool same)
    {
        Fail(IPAddress.Parse(first), 3);
        Assert.Equal(same, failures.WaitFor(IPAddress.Parse(second), AttemptKind.Password) is not null);
    }

    private void Fail(IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            failures.Add(address, AttemptKind.Password);
        }
    }
}
