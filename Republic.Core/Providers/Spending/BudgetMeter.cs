using System.Collections.Concurrent;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Spending;

/// <summary>A budget at work on this node.</summary>
internal sealed class BudgetMeter(Budget budget, TimeProvider time)
{
    // What was refused a moment ago is refused again without asking the database: whoever is over budget must not keep it busy.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DateOnly, BudgetAccount> accounts = new();
    private volatile Budget budget = budget;
    private volatile Refused? refused;

    public Budget Budget => budget;

    public RateBucket Requests { get; } = new(time);

    public RateBucket Tokens { get; } = new(time);

    public ICollection<BudgetAccount> Accounts => accounts.Values;

    public BudgetAccount Account(DateOnly month) => accounts.GetOrAdd(month, first => new BudgetAccount(Budget.Id, first, time));

    public void Change(Budget changed)
    {
        if (changed.UpdatedAt != budget.UpdatedAt)
        {
            (budget, refused) = (changed, null);
        }
    }

    public void Refuse(DateOnly month, long amount, long taken) => refused = new Refused(month, amount, taken, time.GetTimestamp());

    /// <summary>What of the budget was taken when as much of that month was refused a moment ago; null: ask.</summary>
    public long? RefusedWith(DateOnly month, long amount) =>
        refused is { } last && last.Month == month && amount >= last.Amount && time.GetElapsedTime(last.At) < Remembered
            ? last.Taken
            : null;

    private sealed record Refused(DateOnly Month, long Amount, long Taken, long At);
}
