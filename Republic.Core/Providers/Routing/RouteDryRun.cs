using Microsoft.Extensions.AI;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Routing;

/// <summary>What a call along a route would do just now: it asks what the call asks, in the same order, and stops before anybody is called.</summary>
public sealed class RouteDryRun
{
    private readonly RoutePlan plan;
    private readonly UpstreamHealth health;
    private readonly SpendingGate spending;
    private readonly CachingWalk walk;

    internal RouteDryRun(RoutePlan plan, UpstreamHealth health, SpendingGate spending, CachingWalk walk) =>
        (this.plan, this.health, this.spending, this.walk) = (plan, health, spending, walk);

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
        List<PlannedHop> hops = [];
        SpendingRefusal? first = null;
        var turns = 0;
        // Who is put off has its other turn still to come.
        foreach (var step in plan.Steps(route, request.Path, isFirst: true).Where(step => !step.IsPutOff))
        {
            var hop = Hop(step);
            if (step.Way is { } way)
            {
                var outlook = await spending.LookAsync(route, way, request, ct);
                hop = hop with { MaxCost = outlook.Most, MaxAnswerTokens = outlook.LongestAnswer };
                var refusal = wait ?? outlook.Refusal;
                first ??= refusal;
                hop = refusal is null ? Asked(hop, step, request.Path, ref turns) : hop with { Reason = refusal.Reason };
            }

            hops.Add(hop);
        }

        return new RoutePreview(hops)
        {
            PromptTokens = route.PromptTokens,
            IsRemembered = wait is null && walk.Recalls(route, request),
            Refusal = first,
        };
    }

    private PlannedHop Asked(PlannedHop hop, RouteStep step, string path, ref int turns)
    {
        var state = health.Of(step.Way!, path);
        var isAsked = state.MayEnter(step.WhateverItsHealth);
        var rest = state.Rest();
        return hop with { Turn = isAsked ? ++turns : null, Reason = isAsked && rest is null ? null : RouteLog.Resting(rest) };
    }

    private static PlannedHop Hop(RouteStep step) =>
        new()
        {
            Provider = step.Candidate.Provider,
            Model = step.Candidate.ModelId,
            BaseUrl = step.Way?.BaseUrl?.AbsoluteUri,
            Key = step.Way?.KeyLabel,
            Reason = step.Objection,
            LeavesMachine = step.Way?.LeavesMachine == true,
            ContextLength = step.Candidate.ContextLength,
        };
}
