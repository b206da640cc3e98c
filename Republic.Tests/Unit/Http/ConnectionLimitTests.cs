using Republic.Web.Http.Security;

namespace Republic.Tests.Unit.Http;

public sealed class ConnectionLimitTests
{
    [Theory]
    [InlineData("Max open files            1024                 1048576              files     ", 768L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             1024                 1048576              processes ", null)]
    public void A_quarter_of_the_descriptors_is_kept_for_other_things(string line, long? connections) =>
        Assert.Equal(
            connections,
            ConnectionLimit.Below(["Limit                     Soft Limit           Hard Limit           Units     ", line])
        );
}
