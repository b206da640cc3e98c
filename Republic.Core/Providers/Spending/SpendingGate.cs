using System.Globalization;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending;

/// <summary>
/// Every call passes here before it is made. Where budgets count it, the most it can cost is set aside of each, or it is refused; where
/// none does, nothing is done at all.
/// </summary>
internal sealed class SpendingGate(BudgetBook book, BudgetLeases leases, PriceBook prices, TimeProvider time, ILogger<SpendingGate> log)
{
    /// <summary>Whether whoever asks has used up their calls or tokens of this minute. A call that goes on is counted.</summary>
    public SpendingRefusal? TooFast(ModelRoute route) => TooFast(book.OfCaller(route));

    /// <summary>Sets aside what a call of this model may cost; whoever gets a reservation settles it.</summary>
    public ValueTask<SpendingPass> EnterAsync(ModelRoute route, ModelTarget way, ModelRequest request, CancellationToken ct)
    {
        var meters = book.Of(route, way);
        return meters is null ? default : new(EnterAsync(meters, route, way, request, ct));
    }

    private async Task<SpendingPass> EnterAsync(
        List<BudgetMeter> meters,
        ModelRoute route,
        ModelTarget way,
        ModelRequest request,
        CancellationToken ct
    )
    {
        if (TooFast(meters.FindAll(meter => meter.Budget.Scope is BudgetScope.Provider or BudgetScope.Key)) is { } wait)
        {
            return new(wait);
        }

        if (!meters.Exists(meter => meter.Budget.MonthlyUsd is not null) || way.Provider.Transport == ProviderTransport.ModelHost)
        {
            return new(null, meters);
        }

        var body = request.Body(way);
        if (WorstCase.Of(request, body.Span, way.Provider.MaxTokensField) is not { } worst)
        {
            return new(
                new($"Under a budget {way.Provider.MaxTokensField} must be a number above 0, and service_tier auto, default or flex.")
            );
        }

        if (worst.Answer is null)
        {
            body = WorstCase.WithLimit(body.Span, way.Provider.MaxTokensField);
        }

        var reservation = new Reservation(way, worst);
        foreach (var meter in meters.Where(meter => meter.Budget.MonthlyUsd is not null))
        {
            if (await HoldAsync(meter, route, way, worst, reservation, ct) is { } refusal)
            {
                reservation.Release();
                return new(refusal);
            }
        }

        return new(null, meters, reservation, body);
    }

    private async Task<SpendingRefusal?> HoldAsync(
        BudgetMeter meter,
        ModelRoute route,
        ModelTarget way,
        WorstCase worst,
        Reservation reservation,
        CancellationToken ct
    )
    {
        // A price that people set for themselves is no way around a limit that was set for them.
        var price = prices.Find(meter.Budget.IsImposed ? null : route.Owner, way);
        if (price is null && !meter.Budget.AllowUnknown)
        {
            return new(BudgetWords.NoPrice(meter.Budget, way));
        }

        var now = time.GetUtcNow();
        var account = meter.Account(new DateOnly(now.Year, now.Month, 1));
        var amount = price is null ? 0 : Money.Billionths(price.Price.MostFor(worst.Prompt, worst.Answer ?? WorstCase.UsualAnswer));
        if (amount == 0)
        {
            reservation.Add(account, 0, price);
            return null;
        }

        try
        {
            while (!account.TryHold(amount))
            {
                if (meter.RefusedWith(amount) is { } taken)
                {
                    return new(BudgetWords.UsedUp(meter.Budget, way, taken, amount, account.Month));
                }

                var answer = await leases.SyncAsync(account, amount, givesBack: false, ct);
                if (answer.Outcome == LeaseOutcome.Unlimited)
                {
                    return null;
                }

                if (answer.Outcome == LeaseOutcome.Refused)
                {
                    meter.Refuse(amount, answer.Taken);
                }
            }
        }
        catch (Exception e) when (DatabaseFaults.IsAway(e))
        {
            log.LogWarning("A budget cannot be asked, the database is away: {Reason}", e.Message);
            return new(
                "Its budget cannot be read just now, because the database does not answer. Try again in a moment.",
                TimeSpan.FromSeconds(2)
            );
        }

        reservation.Add(account, amount, price);
        return null;
    }

    private static SpendingRefusal? TooFast(List<BudgetMeter>? meters)
    {
        foreach (var meter in meters ?? [])
        {
            var budget = meter.Budget;
            if (budget.RequestsPerMinute is { } requests && meter.Requests.Wait(requests) is { } pause)
            {
                return new(BudgetWords.TooFast(budget, string.Create(CultureInfo.InvariantCulture, $"{requests:N0} requests")), pause);
            }

            if (budget.TokensPerMinute is { } tokens && meter.Tokens.Wait(tokens) is { } rest)
            {
                return new(BudgetWords.TooFast(budget, string.Create(CultureInfo.InvariantCulture, $"{tokens:N0} tokens")), rest);
            }
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
}
