using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Providers.Spending;

/// <summary>Sets, changes and shows budgets. What a superuser sets for somebody else, that person sees and cannot change.</summary>
public sealed class Budgets
{
    public const int MostOfAPerson = 200;

    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly ProviderCatalog catalog;
    private readonly BudgetBook book;
    private readonly BudgetRefresher refresher;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    internal Budgets(
        IDbContextFactory<RepublicDb> databases,
        ProviderCatalog catalog,
        BudgetBook book,
        BudgetRefresher refresher,
        AuditLog audit,
        TimeProvider time
    ) =>
        (this.databases, this.catalog, this.book, this.refresher, this.audit, this.time) = (
            databases,
            catalog,
            book,
            refresher,
            audit,
            time
        );

    private DateOnly Month => time.GetUtcNow() is var now ? new DateOnly(now.Year, now.Month, 1) : default;

    /// <summary>The person's own first, then by provider, minion and key.</summary>
    public Task<IReadOnlyList<BudgetStatus>> ListAsync(Guid owner, CancellationToken ct) => ListAsync(owner, null, ct);

    private async Task<IReadOnlyList<BudgetStatus>> ListAsync(Guid owner, BudgetScope? scope, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var budgets = await db
            .Budgets.AsNoTracking()
            .Where(b => b.OwnerId == owner && (scope == null || b.Scope == scope))
            .OrderBy(b => b.CreatedAt)
            .ToListAsync(ct);
        var standings = new List<BudgetStatus>();
        foreach (var budget in budgets.OrderBy(b => b.Scope).ThenByDescending(b => b.IsImposed))
        {
            standings.Add(await StandingAsync(db, budget, ct));
        }

        return standings;
    }

    /// <summary>The one for everything that is used up first; null where there is none, which costs no question to the database.</summary>
    public async Task<BudgetStatus?> TightestAsync(Guid owner, CancellationToken ct) =>
        book.HasAny(owner) ? BudgetStatus.Tightest(await ListAsync(owner, BudgetScope.Person, ct)) : null;

    public async Task<Outcome<BudgetStatus>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var budget = await db.Budgets.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.OwnerId == owner, ct);
        return budget is null ? Failure.NotFound("budget") : await StandingAsync(db, budget, ct);
    }

    /// <param name="by">Who sets it; another than the owner can only be a superuser.</param>
    public async Task<Outcome<BudgetStatus>> CreateAsync(Guid owner, Guid by, BudgetInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var scope = input.Scope ?? BudgetScope.Person;
        var subject = await SubjectAsync(db, owner, scope, input.Subject?.Trim() ?? "", ct);
        List<FieldError> errors = [.. input.Check(), .. subject.Ok ? [] : subject.Failure.Fields];
        if (errors.Count > 0 || !subject.Ok)
        {
            return subject is { Ok: false, Failure.Kind: not FailureKind.Invalid } ? subject.Failure : Failure.Invalid(errors);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (by != owner && !await db.KeepsAdministeringAsync(by, ct))
        {
            return Failure.Forbidden("Only a superuser sets budgets for others.");
        }

        await AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.Additions, ct);
        if (await db.Budgets.CountAsync(b => b.OwnerId == owner, ct) >= MostOfAPerson)
        {
            return Failure.Conflict($"A person has at most {MostOfAPerson} budgets. Delete one first.");
        }

        var now = time.GetUtcNow();
        var budget = new Budget
        {
            OwnerId = owner,
            Scope = scope,
            Subject = subject.Value,
            IsImposed = by != owner,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Take(budget, input, now);
        db.Budgets.Add(budget);
        try
        {
            await CommitAsync(db, owner, by, "Set", ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Failure.Conflict("There is a budget for this already. Change that one.");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Failure.NotFound("person");
        }

        await refresher.ChangedAsync();
        return await StandingAsync(db, budget, ct);
    }

    public async Task<Outcome<BudgetStatus>> ChangeAsync(Guid owner, Guid by, Guid id, BudgetInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var budget = await FindAsync(db, owner, by, id, ct);
        if (!budget.Ok)
        {
            return budget.Failure;
        }

        if (input.Check() is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        Take(budget.Value, input, time.GetUtcNow());
        await CommitAsync(db, owner, by, "Set", ct);
        await refresher.ChangedAsync();
        return await StandingAsync(db, budget.Value, ct);
    }

    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid by, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var budget = await FindAsync(db, owner, by, id, ct);
        if (!budget.Ok)
        {
            return budget.Failure;
        }

        db.Budgets.Remove(budget.Value);
        await CommitAsync(db, owner, by, "Removed", ct);
        await refresher.ChangedAsync();
        return id;
    }

    /// <summary>Saves the change, and what a superuser does to others with its entry in the audit log.</summary>
    private Task CommitAsync(RepublicDb db, Guid owner, Guid by, string act, CancellationToken ct) =>
        audit.CommitAsync(db, by, by == owner ? null : AuditActions.SuperuserActed, $"{act} a budget of {owner}", ct);

    private static async Task<Outcome<Budget>> FindAsync(RepublicDb db, Guid owner, Guid by, Guid id, CancellationToken ct) =>
        await db.Budgets.SingleOrDefaultAsync(b => b.Id == id && b.OwnerId == owner, ct) switch
        {
            null => Failure.NotFound("budget"),
            { IsImposed: true } when by == owner => Failure.Forbidden("A superuser set this budget. Ask one of them to change it."),
            { IsImposed: false } when by != owner => Failure.Forbidden(
                "This person set this budget for themselves. Set one of your own for them instead."
            ),
            var budget => budget,
        };

    private static void Take(Budget budget, BudgetInput input, DateTimeOffset now)
    {
        budget.MonthlyUsd = input.MonthlyUsd;
        budget.RequestsPerMinute = input.RequestsPerMinute;
        budget.TokensPerMinute = input.TokensPerMinute;
        budget.AllowUnknown = input.AllowUnknown;
        budget.UpdatedAt = now;
    }

    /// <summary>What a budget is for must be there, and the owner's.</summary>
    private async Task<Outcome<string>> SubjectAsync(RepublicDb db, Guid owner, BudgetScope scope, string subject, CancellationToken ct) =>
        scope switch
        {
            BudgetScope.Person => subject.Length == 0
                ? Outcome<string>.Of("")
                : Failure.Invalid("subject", "A budget for all of a person's calls has no subject."),
            BudgetScope.Provider => catalog.Find(subject) is { } row
                ? Outcome<string>.Of(row.Name)
                : Failure.Invalid("subject", "Choose a provider."),
            BudgetScope.Minion => Guid.TryParse(subject, out var minion)
            && await db.Minions.AnyAsync(m => m.Id == minion && m.OwnerId == owner && m.DeletedAt == null, ct)
                ? Outcome<string>.Of(minion.ToString())
                : Failure.NotFound("minion"),
            _ => Guid.TryParse(subject, out var key) && await db.Credentials.AnyAsync(c => c.Id == key && c.OwnerId == owner, ct)
                ? Outcome<string>.Of(key.ToString())
                : Failure.NotFound("key"),
        };

    private async Task<BudgetStatus> StandingAsync(RepublicDb db, Budget budget, CancellationToken ct)
    {
        var month = Month;
        await BudgetLeases.OpenAsync(db, budget.Id, month, ct);
        var spent = await db
            .BudgetMonths.Where(m => m.BudgetId == budget.Id && m.Month == month)
            .Select(m => m.Spent)
            .SingleOrDefaultAsync(ct);
        var held = await db.BudgetLeases.Where(l => l.BudgetId == budget.Id && l.Month == month).SumAsync(l => l.Held, ct);
        return new BudgetStatus
        {
            Id = budget.Id,
            Scope = budget.Scope,
            Subject = budget.Subject,
            Name = await NameAsync(db, budget, ct),
            MonthlyUsd = budget.MonthlyUsd,
            SpentUsd = Money.Dollars(spent),
            ReservedUsd = Money.Dollars(held),
            RequestsPerMinute = budget.RequestsPerMinute,
            TokensPerMinute = budget.TokensPerMinute,
            AllowUnknown = budget.AllowUnknown,
            IsImposed = budget.IsImposed,
        };
    }

    private async Task<string> NameAsync(RepublicDb db, Budget budget, CancellationToken ct) =>
        budget.Scope switch
        {
            BudgetScope.Person => "Everything",
            BudgetScope.Provider => catalog.Find(budget.Subject)?.DisplayName ?? budget.Subject,
            BudgetScope.Minion => await db
                .Citizens.Where(c => c.Id == Guid.Parse(budget.Subject))
                .Select(c => c.DisplayName)
                .SingleOrDefaultAsync(ct)
                ?? "A minion",
            _ => await db.Credentials.Where(c => c.Id == Guid.Parse(budget.Subject)).Select(c => c.Label).SingleOrDefaultAsync(ct)
                ?? "A key",
        };
}
