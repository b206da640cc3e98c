using Microsoft.Extensions.AI;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Routing;

/// <summary>What a call along a route would do just now: it asks what the call asks, in the same order, and stops before anybody is called.</summary>
public sealed class RouteDryRun
{
    private readonly RoutePlan plan;
    private readonly SpendingGate spending;
    private readonly CachingExecutor executor;

    internal RouteDryRun(RoutePlan plan, SpendingGate spending, CachingExecutor executor) =>
        (this.plan, this.spending, this.executor) = (plan, spending, executor);

    /// <summary>Whether limits that somebody set can matter to this person's calls.</summary>
    public bool MayRefuse(Guid owner) => spending.Limits(owner);

    /// <summary>Why a limit would leave nobody to ask, as the call would say; null where somebody would be asked.</summary>
    public async Task<Failure?> RefusalAsync(
        ModelRoute route,
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        CancellationToken ct
    ) =>
        await PreviewAsync(route, messages, options, ct) is { Chosen: null, Refusal: { } refusal }
            ? new Failure(refusal.Wait is null ? FailureKind.OverBudget : FailureKind.TooMany, refusal.Reason, [])
            {
                RetryAfter = refusal.Wait,
            }
            : null;

    public async Task<RoutePreview> PreviewAsync(
        ModelRoute route,
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        CancellationToken ct
    )
    {
        route = route with { PromptTokens = PromptSize.Tokens(messages, options?.Instructions) };
        var request = RoutedChatClient.Request(messages, options, stream: true);
        // Whoever asks too fast is refused before it is known which model answers.
        var wait = spending.IsTooFast(route);
        List<PlannedAttempt> attempts = [];
        SpendingRefusal? first = null;
        var turns = 0;
        // Who is put off has its other turn still to come.
        foreach (var step in plan.Steps(route, request, isFirst: true).Where(step => !step.IsPutOff))
        {
            var attempt = Planned(step);
            if (step.Endpoint is { } endpoint)
            {
                var outlook = await spending.LookAsync(route, endpoint, request, ct);
                attempt = attempt with { MaxCost = outlook.Most, MaxAnswerTokens = outlook.LongestAnswer };
                var refusal = wait ?? outlook.Refusal;
                first ??= refusal;
                attempt = refusal is null ? Asked(attempt, step, request.Path, ref turns) : attempt with { Reason = refusal.Reason };
            }

            attempts.Add(attempt);
        }

        return new RoutePreview(attempts)
        {
            PromptTokens = route.PromptTokens,
            IsRemembered = wait is null && executor.Recalls(route, request),
            Refusal = first,
        };
    }

    private PlannedAttempt Asked(PlannedAttempt attempt, RouteStep step, string path, ref int turns)
    {
        var breaker = plan.BreakerOf(step.Endpoint!, path);
        var isAsked = breaker.MayEnter(step.IgnoresHealth);
        var rest = breaker.Rest();
        return attempt with { Turn = isAsked ? ++turns : null, Reason = isAsked && rest is null ? null : RouteLog.Resting(rest) };
    }

    private static PlannedAttempt Planned(RouteStep step) =>
        new()
        {
            Provider = step.Candidate.Provider,
            Model = step.Candidate.ModelId,
            BaseUrl = step.Endpoint?.BaseUrl?.AbsoluteUri,
            Key = step.Endpoint?.KeyLabel,
            Reason = step.Objection,
            LeavesMachine = step.Endpoint?.LeavesMachine == true,
            ContextLength = step.Candidate.ContextLength,
        };
}
