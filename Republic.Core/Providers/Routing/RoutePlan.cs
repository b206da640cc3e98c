using System.Globalization;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// The order in which the endpoints of a route are asked, and which are passed over, and why. A call follows it; a <see cref="RouteDryRun"/> only
/// reads it, so the two cannot disagree.
/// </summary>
internal sealed class RoutePlan(UpstreamHealth health, PriceBook prices)
{
    /// <summary>All endpoints in their order: those whose provider asked for a pause come when all others have failed.</summary>
    /// <param name="request">What is asked: an endpoint is judged by how it did at that, and by what it takes.</param>
    /// <param name="isFirst">Nobody has been asked yet; in later rounds nobody is put off any more.</param>
    public IEnumerable<RouteStep> Steps(ModelRoute route, ModelRequest request, bool isFirst)
    {
        var path = request.Path;
        List<RouteStep>? last = null;
        foreach (var candidate in route.Candidates)
        {
            if (Objection(route, request.Needs, candidate) is { } objection)
            {
                yield return new RouteStep(candidate, null, objection);
                continue;
            }

            foreach (var endpoint in LeastBusy(candidate.Endpoints, path))
            {
                var step = new RouteStep(candidate, endpoint) { IgnoresHealth = route.IsDirect };
                if (isFirst && !route.IsDirect && health.Of(endpoint, path).IsAskedToPause)
                {
                    (last ??= []).Add(step with { IgnoresHealth = true });
                    step = step with { IsPutOff = true };
                }

                yield return step;
            }
        }

        foreach (var step in last ?? [])
        {
            yield return step;
        }
    }

    /// <summary>The circuit breaker that an endpoint is judged by.</summary>
    public CircuitBreaker BreakerOf(ModelTarget endpoint, string path) => health.Of(endpoint, path);

    private string? Objection(ModelRoute route, RequestNeeds needs, RouteCandidate candidate) =>
        Refusal(route, needs, candidate)
        ?? (
            // Where nobody can take so much, the provider itself is to say so.
            !Takes(route, candidate) && route.Candidates.Any(other => Refusal(route, needs, other) is null && Takes(route, other))
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The prompt has about {route.PromptTokens:N0} tokens, and this model takes {candidate.ContextLength:N0}."
                )
                : null
        );

    private string? Refusal(ModelRoute route, RequestNeeds needs, RouteCandidate candidate) =>
        candidate.Endpoints.Count == 0 ? candidate.Problem ?? "It has no endpoint."
        : candidate.Endpoints[0].Provider.Lacks(needs) is { } field ? $"It takes no {field}."
        : !route.HasConsent && route.First is { LeavesMachine: false } && candidate.Endpoints.Any(endpoint => endpoint.LeavesMachine)
            ? "What you write would leave this machine, which you have not agreed to for this minion."
        : !route.HasConsent
        && !ReferenceEquals(candidate, route.Candidates[0])
        && IsFree(route, route.First)
        && !candidate.Endpoints.All(endpoint => IsFree(route, endpoint))
            ? "It costs money, or may, which the first choice does not and you have not agreed to for this minion."
        : null;

    private bool IsFree(ModelRoute route, ModelTarget? endpoint) =>
        endpoint is not null && prices.Find(route.Owner, endpoint)?.Price.IsFree == true;

    private static bool Takes(ModelRoute route, RouteCandidate candidate) =>
        candidate.ContextLength is not { } length || route.PromptTokens <= length;

    /// <summary>Endpoints that are equally busy stay in their order.</summary>
    private IEnumerable<ModelTarget> LeastBusy(IReadOnlyList<ModelTarget> endpoints, string path) =>
        endpoints.Count < 2 ? endpoints : endpoints.OrderBy(endpoint => health.Of(endpoint, path).Busy);
}
