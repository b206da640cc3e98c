using Microsoft.Extensions.Configuration;
using Republic.Core.Admin.Settings;

namespace Republic.Tests.Unit.Admin;

public sealed class StoredSettingsSourceTests
{
    [Fact]
    public void A_stored_setting_is_above_the_files_and_below_what_comes_after_them()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Accounts:SignUp"] = "open" });
        configuration.AddJsonFile("absent.json", optional: true);
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Tasks:QuotaBytes"] = "1" });
        var stored = StoredSettingsSource.AddTo(configuration);

        stored.Replace(new Dictionary<string, string> { ["Tasks:QuotaBytes"] = "2", ["Accounts:SignUp"] = "closed" });

        Assert.Equal("1", configuration["Tasks:QuotaBytes"]);
        Assert.Equal("closed", configuration["Accounts:SignUp"]);
    }
}
