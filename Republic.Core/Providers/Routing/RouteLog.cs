using System.Globalization;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Telemetry;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>Writes down how one call goes: its receipt, and a row for each model that was asked.</summary>
internal sealed class RouteLog(ModelRoute route, CallLog calls, PriceBook prices, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<RouteAttempt> attempts = [];
    private readonly Guid id = OrderedIds.At(time.GetUtcNow());
    private List<(string Provider, string Model)>? asked;
    private ProviderException? first;
    private SpendingRefusal? refusal;
    private bool isSlow;

    /// <summary>How it is told to whoever watches the installation.</summary>
    public RouteSpan Span { get; set; }

    public RouteReceipt Receipt
    {
        get
        {
            lock (gate)
            {
                return new RouteReceipt { Id = id, Attempts = [.. attempts] };
            }
        }
    }

    /// <summary>How many models were really asked.</summary>
    public int Sent
    {
        get
        {
            lock (gate)
            {
                return attempts.Count(attempt => attempt.WasSent);
            }
        }
    }

    public void PassedOver(RouteCandidate candidate, string reason) =>
        Put(
            null,
            new RouteAttempt
            {
                Provider = candidate.Provider,
                Model = candidate.ModelId,
                Outcome = RouteOutcome.PassedOver,
                Reason = reason,
            }
        );

    public void IsResting(ModelTarget endpoint, CircuitBreaker breaker)
    {
        isSlow |= breaker.IsSlow;
        PassedOver(endpoint, Resting(breaker.Rest()));
    }

    /// <summary>It asked for a pause, and has its turn when everybody else has failed.</summary>
    public void IsPutOff(ModelTarget endpoint, TimeSpan? rest) =>
        PassedOver(
            endpoint,
            rest is { } left ? $"It asked for a pause of another {Seconds(left)} s, so the others come first." : "The others come first."
        );

    public void IsRefused(ModelTarget endpoint, SpendingRefusal reason)
    {
        refusal ??= reason;
        PassedOver(endpoint, reason.Reason);
    }

    public AttemptScope Begin(ModelTarget endpoint, SpendingPermit permit, CircuitBreaker breaker)
    {
        var index = Put(null, New(endpoint, RouteOutcome.Cancelled) with { LeftMachine = endpoint.LeavesMachine });
        return new AttemptScope(this, index, endpoint with { IdempotencyKey = KeyFor(endpoint) }, permit, breaker, time);
    }

    /// <summary>Nobody is asked: the answer was remembered.</summary>
    /// <param name="from">Whose answer it was.</param>
    /// <param name="history">How the conversation fitted when it was given.</param>
    public void Recalled(ModelTarget from, TimeSpan took, HistoryFit? history)
    {
        var attempt = New(from, RouteOutcome.Cached) with
        {
            Tokens = new TokenCounts(0, 0),
            Cost = 0,
            DurationMs = took.TotalMilliseconds,
            History = history,
        };
        var index = Put(null, attempt);
        Span.End(route, RouteOutcome.Cached, null);
        if (route.Owner is { } owner)
        {
            calls.Add(ModelCall.Of(attempt, id, index, owner, route, from, time.GetUtcNow() - took, null));
        }
    }

    /// <summary>Why nobody answered, for people.</summary>
    /// <param name="pause">When it may be worth asking again.</param>
    public ProviderException Failure(TimeSpan? pause)
    {
        var others = route.Candidates.Count > 1 ? WhatFallbacksDid() : "";
        if (first is { } error)
        {
            return others.Length == 0
                ? error
                : new ProviderException(error.Kind, error.Provider, error.Message + others, error)
                {
                    WithoutOthers = error.Message,
                    StatusCode = error.StatusCode,
                    Param = error.Param,
                    RetryAfter = error.RetryAfter,
                };
        }

        if (refusal is { } refused)
        {
            return Refused(refused);
        }

        var name = route.First?.Provider.DisplayName ?? (route.Candidates is [var only, ..] ? only.Provider : "");
        return pause is { } wait
            ? Resting(name, wait, others)
            : new ProviderException(
                ProviderErrorKind.Refused,
                name,
                string.Join(
                    " ",
                    route.Candidates.Select(candidate => candidate.Problem).OfType<string>().Append("No model could be asked.")
                )
            );
    }

    private ProviderException Resting(string name, TimeSpan rest, string others)
    {
        var fact =
            $"{name} {(isSlow ? "did not answer in time" : "failed several times in a row")}, so it is left alone for another {Seconds(rest)} s.";
        return new ProviderException(ProviderErrorKind.Unavailable, name, $"{fact}{others} Try again then.")
        {
            WithoutOthers = $"{fact} Try again then.",
            StatusCode = 503,
            RetryAfter = rest,
        };
    }

    private string WhatFallbacksDid()
    {
        var fallbacks = Receipt
            .Attempts.Where(attempt => route.First is not { } own || (own.Provider.Name, own.ModelId) != (attempt.Provider, attempt.Model))
            .ToList();
        return
            fallbacks.Exists(attempt => attempt.WasSent)
            || fallbacks.Find(attempt => attempt.Reason is not null) is not { Reason: { } reason }
            ? " Its fallbacks did not answer either."
            : $" No fallback was asked. {reason}";
    }

    /// <summary>Why it is not asked just now, for people.</summary>
    internal static string Resting(TimeSpan? rest) =>
        rest is { } left
            ? $"It is left alone for another {Seconds(left)} s, after it failed or asked for a pause."
            : "Another call is finding out whether it works again.";

    /// <summary>Nobody was asked, because of a limit that a person set.</summary>
    public static ProviderException Refused(SpendingRefusal refusal) =>
        new(
            refusal.IsRequestsFault ? ProviderErrorKind.BadRequest
                : refusal.Wait is null ? ProviderErrorKind.OverBudget
                : ProviderErrorKind.RateLimited,
            "Republic",
            refusal.Reason
        )
        {
            RetryAfter = refusal.Wait,
        };

    internal KnownPrice? PriceOf(ModelTarget target) => prices.Find(route.Owner, target);

    internal void Failed(ProviderException error) => first ??= error;

    internal int Put(int? index, RouteAttempt attempt)
    {
        lock (gate)
        {
            if (index is { } known)
            {
                attempts[known] = attempt;
                return known;
            }

            attempts.Add(attempt);
            return attempts.Count - 1;
        }
    }

    internal RouteAttempt AttemptAt(int index)
    {
        lock (gate)
        {
            return attempts[index];
        }
    }

    internal void Write(int index, ModelTarget target, RouteAttempt attempt, DateTimeOffset startedAt, ProviderErrorKind? error)
    {
        Put(index, attempt);
        Span.Attempt(route, attempt, target, startedAt, error);
        if (route.Owner is { } owner)
        {
            calls.Add(ModelCall.Of(attempt, id, index, owner, route, target, startedAt, error));
        }
    }

    private void PassedOver(ModelTarget endpoint, string reason)
    {
        lock (gate)
        {
            // Said once, however often it is looked at again.
            if (!attempts.Exists(attempt => attempt.Reason == reason && IsOf(attempt, endpoint)))
            {
                attempts.Add(New(endpoint, RouteOutcome.PassedOver) with { Reason = reason });
            }
        }
    }

    // A model that is asked again, at another key even, is asked the same.
    private Guid KeyFor(ModelTarget endpoint)
    {
        var model = (endpoint.Provider.Name, endpoint.ModelId);
        asked ??= [];
        var index = asked.IndexOf(model);
        if (index < 0)
        {
            index = asked.Count;
            asked.Add(model);
        }

        return index == 0 && route.IdempotencyKey is { } own ? own : OrderedIds.Next(id, index + 1);
    }

    private static RouteAttempt New(ModelTarget endpoint, RouteOutcome outcome) =>
        new()
        {
            Provider = endpoint.Provider.Name,
            Model = endpoint.ModelId,
            Key = endpoint.KeyLabel,
            Outcome = outcome,
        };

    private static bool IsOf(RouteAttempt attempt, ModelTarget endpoint) =>
        (attempt.Provider, attempt.Model, attempt.Key) == (endpoint.Provider.Name, endpoint.ModelId, endpoint.KeyLabel);

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
}
