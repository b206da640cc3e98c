using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Web.Http.Auth;

namespace Republic.Tests.Unit.Http;

public sealed class FirstRunNoticeTests
{
    [Fact]
    public async Task A_database_that_is_away_at_the_start_does_not_end_the_node()
    {
        var firstRun = new FirstRun(new Away(), Options.Create(new AccountOptions()));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () =>
            await firstRun.IsNeededAsync(TestContext.Current.CancellationToken)
        );

        await new FirstRunNotice(
            firstRun,
            new HostingEnvironment { EnvironmentName = "Production" },
            NullLogger<FirstRunNotice>.Instance
        ).StartedAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody listens there.</summary>
    private sealed class Away : IDbContextFactory<RepublicDb>
    {
        public RepublicDb CreateDbContext() =>
            new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql("Host=127.0.0.1;Port=1;Username=nobody;Timeout=5").Options);
    }
}
