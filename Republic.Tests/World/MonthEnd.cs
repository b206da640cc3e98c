using Microsoft.Extensions.DependencyInjection;

namespace Republic.Tests.World;

/// <summary>A republic whose clock stands until a test moves it over the end of a month.</summary>
public sealed class MonthEnd(TestDatabases databases) : RunningRepublic(databases)
{
    private static readonly TimeSpan Little = TimeSpan.FromSeconds(20);
    private readonly Clock clock = new();

    /// <summary>The first day of the month that it is.</summary>
    public DateOnly Month => clock.GetUtcNow() is var now ? new DateOnly(now.Year, now.Month, 1) : default;

    /// <summary>Shortly before the end of this month, in UTC.</summary>
    public void GoToItsEnd() => clock.Pass(Next - Little - clock.GetUtcNow());

    /// <summary>Shortly after it.</summary>
    public void TurnIt() => clock.Pass(Next + Little - clock.GetUtcNow());

    private DateTimeOffset Next => new(Month.AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero);

    protected override void Arrange(IServiceCollection services) => services.AddSingleton<TimeProvider>(clock);
}
