using System.Globalization;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Spending.Admission;

/// <summary>
/// Every call passes here before it is made. Where budgets count it, the most it can cost is set aside of each, or it is refused; where
/// none does, nothing is done at all.
/// </summary>
internal sealed class SpendingGate(BudgetBook book, BudgetLeases leases, PriceBook prices, TimeProvider time, ILogger<SpendingGate> log)
{
    /// <summary>Whether a call of this person can meet a budget at all.</summary>
    public bool Limits(Guid owner) => book.HasAny(owner);

    /// <summary>Whether whoever asks has used up their calls or tokens of this minute. A call that goes on is counted.</summary>
    public SpendingRefusal? TooFast(ModelRoute route) => TooFast(book.OfCaller(route), route);

    /// <summary>The same, and counts nothing.</summary>
    public SpendingRefusal? IsTooFast(ModelRoute route) => Excess(book.OfCaller(route), route);

    /// <summary>Sets aside what a call of this model may cost; whoever gets a reservation settles it.</summary>
    public ValueTask<SpendingPermit> EnterAsync(ModelRoute route, ModelTarget endpoint, ModelRequest request, CancellationToken ct)
    {
        var meters = book.Of(route, endpoint);
        return meters is null ? default : new(EnterAsync(meters, route, endpoint, request, ct));
    }

    /// <summary>What <see cref="EnterAsync(ModelRoute, ModelTarget, ModelRequest, CancellationToken)"/> would say; nothing is set aside.</summary>
    public async Task<SpendingOutlook> LookAsync(ModelRoute route, ModelTarget endpoint, ModelRequest request, CancellationToken ct)
    {
        var worst = CostCeiling.Of(request, request.Body(endpoint).Span, endpoint.Provider.MaxTokensField);
        var meters = book.Of(route, endpoint) ?? [];
        return new(
            Excess(OfEndpoint(meters), route)
                ?? (HasLimit(meters, endpoint) ? await HoldAsync(meters, route, endpoint, worst, null, ct) : null),
            prices.Find(route.Owner, endpoint) is { } known ? worst?.CostAt(known.Price) : null,
            worst?.LongestAnswer
        );
    }

    private async Task<SpendingPermit> EnterAsync(
        List<BudgetMeter> meters,
        ModelRoute route,
        ModelTarget endpoint,
        ModelRequest request,
        CancellationToken ct
    )
    {
        if (TooFast(OfEndpoint(meters), route) is { } wait)
        {
            return new(wait);
        }

        if (!HasLimit(meters, endpoint))
        {
            return new(null, meters);
        }

        var body = request.Body(endpoint);
        var worst = CostCeiling.Of(request, body.Span, endpoint.Provider.MaxTokensField);
        if (worst is { Answer: null })
        {
            body = CostCeiling.WithLimit(body.Span, endpoint.Provider.MaxTokensField);
        }

        var reservation = new Reservation(endpoint, worst ?? default);
        if (await HoldAsync(meters, route, endpoint, worst, reservation, ct) is { } refusal)
        {
            reservation.Release();
            return new(refusal);
        }

        return new(null, meters, reservation, body);
    }

    /// <param name="reservation">Takes what is held; null only looks whether it could be.</param>
    private async Task<SpendingRefusal?> HoldAsync(
        List<BudgetMeter> meters,
        ModelRoute route,
        ModelTarget endpoint,
        CostCeiling? worst,
        Reservation? reservation,
        CancellationToken ct
    )
    {
        if (worst is not { } most)
        {
            return new(
                $"Under a budget {endpoint.Provider.MaxTokensField} must be a number above 0, and service_tier auto, default or flex."
            )
            {
                IsRequestsFault = true,
            };
        }

        foreach (var meter in meters.Where(meter => meter.Budget.MonthlyUsd is not null))
        {
            if (await HoldAsync(meter, route, endpoint, most, reservation, ct) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task<SpendingRefusal?> HoldAsync(
        BudgetMeter meter,
        ModelRoute route,
        ModelTarget endpoint,
        CostCeiling worst,
        Reservation? reservation,
        CancellationToken ct
    )
    {
        // A price that people set for themselves is no endpoint around a limit that was set for them.
        var price = prices.Find(meter.Budget.IsImposed ? null : route.Owner, endpoint);
        if (price is null && !meter.Budget.AllowUnknown)
        {
            return new(BudgetWords.NoPrice(meter.Budget, route, endpoint));
        }

        var now = time.GetUtcNow();
        var account = meter.Account(new DateOnly(now.Year, now.Month, 1));
        var amount = price is null ? 0 : Money.Billionths(worst.CostAt(price.Price));
        if (amount == 0)
        {
            reservation?.Add(account, 0, price);
            return null;
        }

        try
        {
            while (!(reservation is null ? account.HasRoom(amount) : account.TryHold(amount)))
            {
                if (meter.RefusedWith(account.Month, amount) is { } taken)
                {
                    return new(BudgetWords.NoRoom(meter.Budget, route, endpoint, (taken, amount), account.Month));
                }

                var answer = reservation is null
                    ? await leases.LookAsync(account, amount, ct)
                    : await leases.SyncAsync(account, amount, givesBack: false, ct);
                if (answer.Outcome == LeaseOutcome.Refused)
                {
                    meter.Refuse(account.Month, amount, answer.Taken);
                }
                else if (reservation is null || answer.Outcome == LeaseOutcome.Unlimited)
                {
                    return null;
                }
            }
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            log.LogWarning("A budget cannot be asked, the database is away: {Reason}", e.Message);
            return new(
                "Its budget cannot be read just now, because the database does not answer. Try again in a moment.",
                TimeSpan.FromSeconds(2)
            );
        }

        reservation?.Add(account, amount, price);
        return null;
    }

    private static List<BudgetMeter> OfEndpoint(List<BudgetMeter> meters) =>
        meters.FindAll(meter => meter.Budget.Scope is BudgetScope.Provider or BudgetScope.Key);

    private static bool HasLimit(List<BudgetMeter> meters, ModelTarget endpoint) =>
        endpoint.Provider.Transport != ProviderTransport.ModelHost && meters.Exists(meter => meter.Budget.MonthlyUsd is not null);

    private static SpendingRefusal? TooFast(List<BudgetMeter>? meters, ModelRoute route)
    {
        if (Excess(meters, route) is { } refusal)
        {
            return refusal;
        }

        foreach (var meter in meters ?? [])
        {
            if (meter.Budget.RequestsPerMinute is { } requests)
            {
                meter.Requests.Take(requests, 1);
            }
        }

        return null;
    }

    private static SpendingRefusal? Excess(List<BudgetMeter>? meters, ModelRoute route)
    {
        foreach (var meter in meters ?? [])
        {
            var budget = meter.Budget;
            if (budget.RequestsPerMinute is { } requests && meter.Requests.Wait(requests) is { } pause)
            {
                return new(
                    BudgetWords.TooFast(budget, route, string.Create(CultureInfo.InvariantCulture, $"{requests:N0} requests")),
                    pause
                );
            }

            if (budget.TokensPerMinute is { } tokens && meter.Tokens.Wait(tokens) is { } rest)
            {
                return new(BudgetWords.TooFast(budget, route, string.Create(CultureInfo.InvariantCulture, $"{tokens:N0} tokens")), rest);
            }
        }

        return null;
    }
}
