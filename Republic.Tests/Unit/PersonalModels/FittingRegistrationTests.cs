using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.Providers;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels;

public sealed class FittingRegistrationTests
{
    [Fact]
    public async Task What_fits_is_asked_of_this_machine_with_the_host_s_own_settings()
    {
        await using var services = Services(("ModelHost:MemoryMegabytes", "1"));
        var fits = services.GetRequiredService<ModelFits>();
        var sprout = services.GetRequiredService<LocalHeaders>().Read("sprout").Value!;

        var memory = await fits.MemoryAsync(TestContext.Current.CancellationToken);
        var report = fits.Fit(memory, FitSubject.Of("sprout", sprout));

        Assert.Equal((1L << 20, 0L), (memory.BudgetBytes, memory.IdleBytes));
        Assert.InRange(memory.TotalBytes, 1L << 28, long.MaxValue);
        Assert.Equal(("does_not_fit", 4096, 4), (report.Verdict, fits.Settings.Context, report.Sequences));
    }

    [Fact]
    public void The_settings_are_bound_and_limits_of_nothing_are_refused()
    {
        using var usual = Services();
        using var given = Services(("PersonalModels:AtOnce", "5"));
        using var none = Services(("PersonalModels:QuotaBytes", "0"));

        var defaults = Options(usual);
        Assert.Equal((100_000_000_000, 200_000_000_000, 3), (defaults.QuotaBytes, defaults.MaxFileBytes, defaults.AtOnce));
        Assert.Equal(5, Options(given).AtOnce);
        Assert.Throws<OptionsValidationException>(() => Options(none));
    }

    private static PersonalModelOptions Options(ServiceProvider services) =>
        services.GetRequiredService<IOptions<PersonalModelOptions>>().Value;

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton(Guards.Strict());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DataFolder(Path.Combine(Path.GetTempPath(), "republic-test-none")));
        services.AddSingleton<IModelHostTransport, NoModelHost>();
        services.AddOptions<ModelHostOptions>().Bind(configuration.GetSection("ModelHost"));
        return services.AddModelFitting(configuration).BuildServiceProvider();
    }
}
