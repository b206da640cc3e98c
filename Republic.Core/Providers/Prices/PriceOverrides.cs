using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Providers.Spending;

namespace Republic.Core.Providers.Prices;

/// <summary>Prices that people set, for themselves or, as superusers, for everybody.</summary>
public sealed class PriceOverrides
{
    public const int MostOfAPerson = 1000;

    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly ProviderCatalog catalog;
    private readonly PriceTable table;
    private readonly BudgetRefresher refresher;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    internal PriceOverrides(
        IDbContextFactory<RepublicDb> databases,
        ProviderCatalog catalog,
        PriceTable table,
        BudgetRefresher refresher,
        AuditLog audit,
        TimeProvider time
    ) =>
        (this.databases, this.catalog, this.table, this.refresher, this.audit, this.time) = (
            databases,
            catalog,
            table,
            refresher,
            audit,
            time
        );

    /// <summary>What this person's calls are counted by: one price for each model, the person's own before everybody's before the table's.</summary>
    /// <param name="search">A part of a model's or provider's name; null for all.</param>
    public async Task<IReadOnlyList<PricedModel>> ListAsync(Guid person, string? search, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var set = await db.PriceOverrides.AsNoTracking().Where(p => p.OwnerId == person || p.OwnerId == null).ToListAsync(ct);
        return
        [
            .. set.OrderBy(price => price.OwnerId is null)
                .Select(price => PricedModel.Of(price.Provider, price.Model, price.Known, price.Id))
                .Concat(table.Rows.Select(row => PricedModel.Of(row.Provider, row.Model, row.Known, null, row.Aliases)))
                .DistinctBy(price => (price.Provider, price.Model))
                .Where(price => IsMeant(price, search?.Trim()))
                .OrderBy(price => price.Provider, StringComparer.Ordinal)
                .ThenBy(price => price.Model, StringComparer.Ordinal),
        ];
    }

    /// <summary>Sets it, or changes the one there is for the same model.</summary>
    public async Task<Outcome<PricedModel>> SetAsync(Guid person, PriceInput input, CancellationToken ct)
    {
        if (input.Check(catalog) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        Outcome<PriceOverride> price;
        try
        {
            price = await SaveAsync(person, input, ct);
        }
        catch (DbUpdateException e)
            when (e is DbUpdateConcurrencyException
                || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            )
        {
            // Somebody set it, or took it back, at the same moment: the last word counts.
            price = await SaveAsync(person, input, ct);
        }

        if (!price.Ok)
        {
            return price.Failure;
        }

        await refresher.ChangedAsync();
        return PricedModel.Of(price.Value.Provider, price.Value.Model, price.Value.Known, price.Value.Id);
    }

    private async Task<Outcome<PriceOverride>> SaveAsync(Guid person, PriceInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (input.ForEverybody && !await db.KeepsAdministeringAsync(person, ct))
        {
            return Failure.Forbidden("Prices for everybody are set by superusers. Set one for yourself.");
        }

        Guid? owner = input.ForEverybody ? null : person;
        await AdvisoryLocks.TakeAsync(db, owner ?? Guid.Empty, AdvisoryLocks.Additions, ct);
        var (provider, model) = (input.Provider!, input.Model!.Trim());
        var price = await db.PriceOverrides.SingleOrDefaultAsync(p => p.OwnerId == owner && p.Provider == provider && p.Model == model, ct);
        if (price is null)
        {
            if (await db.PriceOverrides.CountAsync(p => p.OwnerId == owner, ct) >= MostOfAPerson)
            {
                return Failure.Conflict($"At most {MostOfAPerson} prices can be set. Take one back first.");
            }

            price = new PriceOverride
            {
                OwnerId = owner,
                Provider = provider,
                Model = model,
                Input = 0,
                Output = 0,
                SetAt = default,
            };
            db.PriceOverrides.Add(price);
        }

        price.Input = input.Input!.Value;
        price.Output = input.Output!.Value;
        price.CachedInput = input.CachedInput;
        price.CacheWrite = input.CacheWrite;
        price.Note = string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim();
        price.SetAt = time.GetUtcNow();
        await audit.CommitAsync(db, input.ForEverybody ? AuditActions.PriceForEverybody : null, $"{provider}, {model}", ct);
        return price;
    }

    /// <summary>Takes it back: what is published, or set for everybody, counts again.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var administers = await db.KeepsAdministeringAsync(person, ct);
        var price = await db.PriceOverrides.SingleOrDefaultAsync(
            p => p.Id == id && (p.OwnerId == person || (p.OwnerId == null && administers)),
            ct
        );
        if (price is null || await db.PriceOverrides.Where(p => p.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("price");
        }

        await audit.CommitAsync(db, price.OwnerId is null ? AuditActions.PriceTakenBack : null, $"{price.Provider}, {price.Model}", ct);
        await refresher.ChangedAsync();
        return id;
    }

    private bool IsMeant(PricedModel price, string? search) =>
        string.IsNullOrEmpty(search)
        || price.Model.Contains(search, StringComparison.OrdinalIgnoreCase)
        || price.Aliases.Any(alias => alias.Contains(search, StringComparison.OrdinalIgnoreCase))
        || (catalog.Find(price.Provider)?.DisplayName ?? price.Provider).Contains(search, StringComparison.OrdinalIgnoreCase);
}
