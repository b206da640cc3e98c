using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending;

/// <summary>All budgets, in memory: a call that none concerns learns so from a few look-ups, without a lock or anything made.</summary>
internal sealed class BudgetBook(TimeProvider time)
{
    private readonly Lock gate = new();
    private FrozenDictionary<Guid, BudgetMeter> meters = FrozenDictionary<Guid, BudgetMeter>.Empty;
    private FrozenSet<Guid> owners = FrozenSet<Guid>.Empty;
    private volatile FrozenDictionary<Subject, BudgetMeter[]> bySubject = FrozenDictionary<Subject, BudgetMeter[]>.Empty;

    public IReadOnlyList<BudgetMeter> Meters => Volatile.Read(ref meters).Values;

    /// <summary>Whether a call of this person can meet a budget at all.</summary>
    public bool HasAny(Guid owner) => Volatile.Read(ref owners).Contains(owner);

    public void Take(IReadOnlyList<Budget> budgets)
    {
        lock (gate)
        {
            // One that was deleted stays as long as calls under endpoint hold some of it.
            var left = meters.Values.Where(meter => meter.Accounts.Any(account => account.IsOpen)).ToDictionary(meter => meter.Budget.Id);
            var live = budgets.ToDictionary(
                budget => budget.Id,
                budget => meters.GetValueOrDefault(budget.Id) ?? new BudgetMeter(budget, time)
            );
            foreach (var budget in budgets)
            {
                live[budget.Id].Change(budget);
            }

            Volatile.Write(ref owners, budgets.Select(budget => budget.OwnerId).ToFrozenSet());
            bySubject = live
                .Values.GroupBy(meter => Subject.Of(meter.Budget))
                .ToFrozenDictionary(group => group.Key, group => group.ToArray());
            Volatile.Write(ref meters, left.Concat(live).DistinctBy(pair => pair.Key).ToFrozenDictionary());
        }
    }

    /// <summary>Those of whoever asks, before it is known which model answers; null where there are none.</summary>
    public List<BudgetMeter>? OfCaller(ModelRoute route)
    {
        var all = bySubject;
        List<BudgetMeter>? found = null;
        if (all.Count > 0 && route.Owner is { } owner)
        {
            Add(ref found, all, new Subject(BudgetScope.Person, owner, ""));
            if (route.Minion is { } minion)
            {
                Add(ref found, all, new Subject(BudgetScope.Minion, minion, ""));
            }
        }

        return found;
    }

    /// <summary>Those that count a call of this model; null where none does.</summary>
    public List<BudgetMeter>? Of(ModelRoute route, ModelTarget endpoint)
    {
        var all = bySubject;
        if (all.Count == 0 || route.Owner is not { } owner)
        {
            return null;
        }

        var found = OfCaller(route);
        Add(ref found, all, new Subject(BudgetScope.Provider, owner, endpoint.Provider.Name));
        if (endpoint.KeyId is { } key)
        {
            Add(ref found, all, new Subject(BudgetScope.Key, key, ""));
        }

        return found;
    }

    private static void Add(ref List<BudgetMeter>? found, FrozenDictionary<Subject, BudgetMeter[]> all, Subject subject)
    {
        if (all.TryGetValue(subject, out var meters))
        {
            (found ??= []).AddRange(meters);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Subject(BudgetScope Scope, Guid Id, string Provider)
    {
        public static Subject Of(Budget budget) =>
            budget.Scope switch
            {
                BudgetScope.Person => new(BudgetScope.Person, budget.OwnerId, ""),
                BudgetScope.Provider => new(BudgetScope.Provider, budget.OwnerId, budget.Subject),
                _ => new(budget.Scope, Guid.Parse(budget.Subject), ""),
            };
    }
}
