using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// One endpoint being asked, from the call to the end of its answer. Its end settles the circuit breaker, the budgets and the record, once.
/// </summary>
/// <param name="Target">The endpoint as it is asked, with the key that makes a repeated call recognisable.</param>
internal sealed class AttemptScope(
    RouteLog log,
    int index,
    ModelTarget target,
    SpendingPermit permit,
    CircuitBreaker breaker,
    TimeProvider time
)
{
    private bool isOver;
    private readonly long started = time.GetTimestamp();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public ModelTarget Target => target;

    public RouteReceipt Receipt => log.Receipt;

    public HistoryFit? History => log.AttemptAt(index).History;

    public int Sent => log.Sent;

    public double Elapsed => time.GetElapsedTime(started).TotalMilliseconds;

    /// <param name="begin">The whole answer, or the first frames of a stream.</param>
    public void Begun(ReadOnlyMemory<byte> begin, bool isStream)
    {
        breaker.Succeeded();
        if (HistoryFit.Of(target.Provider, begin, isStream) is { } history)
        {
            log.Put(index, log.AttemptAt(index) with { History = history });
        }

        if (log.Span.Activity is not null)
        {
            log.Put(index, log.AttemptAt(index) with { AnsweredBy = AnsweringModel.Of(begin, isStream) });
        }
    }

    public void Failed(ProviderException error)
    {
        log.Failed(error);
        breaker.Leave();
        if (error.IsFinal)
        {
            breaker.NothingLearnt();
        }
        else
        {
            breaker.Failed(error);
        }

        if (error.Kind == ProviderErrorKind.Refused)
        {
            // Refused before a connection was made: no call, and none is written down.
            permit.Reservation?.Release();
            var refused = log.AttemptAt(index) with
            {
                Outcome = RouteOutcome.PassedOver,
                Reason = error.Message,
                AllowableHost = error.AllowableHost,
                LeftMachine = false,
            };
            log.Put(index, refused);
            return;
        }

        var bill = Bill.Nothing;
        if (MayHaveCost(error))
        {
            bill = BillFor(null);
            permit.Settle(null);
        }
        else
        {
            permit.Reservation?.Release();
        }

        var attempt = log.AttemptAt(index);
        Write(
            attempt with
            {
                Outcome = RouteOutcome.Failed,
                Reason = error.Message,
                LargestContext = error.LargestContext,
                LeftMachine = attempt.LeftMachine && !error.NeverSent,
            },
            bill,
            error.Kind
        );
    }

    /// <param name="error">What ended an answer that had begun.</param>
    public void Ended(RouteOutcome outcome, double? firstTokenMs, TokenCounts? tokens, ProviderException? error)
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        breaker.Leave();
        if (error is not null)
        {
            breaker.Failed(error);
        }

        permit.Settle(tokens);
        Write(
            log.AttemptAt(index) with
            {
                Outcome = outcome,
                FirstTokenMs = firstTokenMs,
                Tokens = tokens,
                Reason = error?.Message,
            },
            BillFor(tokens),
            error?.Kind
        );
    }

    /// <summary>The caller went away before there was an answer.</summary>
    public void Cancelled()
    {
        breaker.NothingLearnt();
        Ended(RouteOutcome.Cancelled, null, null, null);
    }

    /// <summary>What the provider did not count is not known; under a budget it is taken for the most that it can have been.</summary>
    public Bill BillFor(TokenCounts? tokens)
    {
        var price = log.PriceOf(target);
        return permit.Reservation is { } reserved && tokens is null or { IsEstimate: true } && price is not { Source: PriceSource.Local }
            ? reserved.AtMost(price)
            : Bill.For(tokens, price, target);
    }

    /// <summary>Who answers with an error charges nothing; what a call cost that took too long or made no sense is not known.</summary>
    private static bool MayHaveCost(ProviderException error) =>
        error.StatusCode is null && error.Kind is ProviderErrorKind.Timeout or ProviderErrorKind.Interrupted or ProviderErrorKind.BadAnswer;

    private void Write(RouteAttempt attempt, Bill bill, ProviderErrorKind? error) =>
        log.Write(
            index,
            target,
            attempt with
            {
                DurationMs = Elapsed,
                Cost = bill.Cost,
                IsEstimate = bill.IsEstimate,
                PriceSource = bill.Source,
            },
            startedAt,
            error
        );
}
