using Microsoft.Extensions.Hosting;
using Republic.Core.Events;

namespace Republic.Core.Providers.Spending;

/// <summary>Tells a person's open pages when a budget of theirs has come to warn, or is used up.</summary>
internal sealed class BudgetNews(BudgetLeases leases, BudgetBook book, LiveEvents live) : IHostedService
{
    public const string Crossed = "budget.crossed";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        leases.Crossed = Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tell(Guid budget)
    {
        if (book.Meters.FirstOrDefault(meter => meter.Budget.Id == budget) is { Budget.OwnerId: var owner })
        {
            live.Publish(owner, new LiveEvent(Crossed, budget, null));
        }
    }
}
