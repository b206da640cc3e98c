namespace Republic.Core.Providers.Routing;

/// <summary>One model being asked, from the call to the end of its answer.</summary>
/// <param name="Target">As it is asked, with the key that makes a repeated call recognisable.</param>
internal sealed class HopLog(RouteLog log, int place, ModelTarget target, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public ModelTarget Target => target;

    // What runs inside Republic costs nothing.
    private bool IsPaid => target.Provider.Transport != ProviderTransport.ModelHost;

    public RouteReceipt Receipt => log.Receipt;

    public double Elapsed => time.GetElapsedTime(started).TotalMilliseconds;

    public void Failed(ProviderException error)
    {
        log.Failed(error);
        Write(
            log.HopAt(place) with
            {
                Outcome = RouteOutcome.Failed,
                Reason = error.Message,
                Cost = IsPaid && MayHaveCost(error) ? null : 0,
            },
            error.Kind
        );
    }

    /// <param name="error">What ended an answer that had begun.</param>
    public void Ended(RouteOutcome outcome, double? firstTokenMs, TokenCounts? tokens, ProviderException? error) =>
        Write(
            log.HopAt(place) with
            {
                Outcome = outcome,
                FirstTokenMs = firstTokenMs,
                Tokens = tokens,
                Cost = IsPaid ? null : 0,
                Reason = error?.Message,
            },
            error?.Kind
        );

    /// <summary>Who answers with an error charges nothing; what a call cost that took too long or made no sense is not known.</summary>
    private static bool MayHaveCost(ProviderException error) =>
        error.StatusCode is null && error.Kind is ProviderErrorKind.Timeout or ProviderErrorKind.Interrupted or ProviderErrorKind.BadAnswer;

    private void Write(RouteHop hop, ProviderErrorKind? error) =>
        log.Write(place, target, hop with { DurationMs = Elapsed }, startedAt, error);
}
