using System.Globalization;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Providers.Routing;

/// <summary>
/// In which order a route's models are asked, and who is passed over, and why. A call walks along it; a <see cref="RouteDryRun"/> only
/// looks at it, so the two cannot disagree.
/// </summary>
internal sealed class RoutePlan(UpstreamHealth health, PriceBook prices)
{
    /// <summary>All ways in their order: those whose provider asked for a pause when everybody else has failed.</summary>
    /// <param name="path">What is asked: a way is judged by how it did at that.</param>
    /// <param name="isFirst">Nobody has been asked yet; in later rounds nobody is put off any more.</param>
    public IEnumerable<RouteStep> Steps(ModelRoute route, string path, bool isFirst)
    {
        List<RouteStep>? last = null;
        foreach (var candidate in route.Candidates)
        {
            if (Objection(route, candidate) is { } objection)
            {
                yield return new RouteStep(candidate, null, objection);
                continue;
            }

            foreach (var way in LeastBusy(candidate.Ways, path))
            {
                var step = new RouteStep(candidate, way) { WhateverItsHealth = route.IsDirect };
                if (isFirst && !route.IsDirect && health.Of(way, path).IsAskedToPause)
                {
                    (last ??= []).Add(step with { WhateverItsHealth = true });
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

    private string? Objection(ModelRoute route, RouteCandidate candidate) =>
        Refusal(route, candidate)
        ?? (
            // Where nobody can take so much, the provider itself is to say so.
            !Takes(route, candidate) && route.Candidates.Any(other => Refusal(route, other) is null && Takes(route, other))
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The prompt has about {route.PromptTokens:N0} tokens, and this model takes {candidate.ContextLength:N0}."
                )
                : null
        );

    private string? Refusal(ModelRoute route, RouteCandidate candidate) =>
        candidate.Ways.Count == 0 ? candidate.Problem ?? "It has no endpoint."
        : !route.HasConsent && route.First is { LeavesMachine: false } && candidate.Ways.Any(way => way.LeavesMachine)
            ? "What you write would leave this machine, which you have not agreed to for this minion."
        : !route.HasConsent
        && !ReferenceEquals(candidate, route.Candidates[0])
        && IsFree(route, route.First)
        && !candidate.Ways.All(way => IsFree(route, way))
            ? "It costs money, or may, which the first choice does not and you have not agreed to for this minion."
        : null;

    private bool IsFree(ModelRoute route, ModelTarget? way) => way is not null && prices.Find(route.Owner, way)?.Price.IsFree == true;

    private static bool Takes(ModelRoute route, RouteCandidate candidate) =>
        candidate.ContextLength is not { } length || route.PromptTokens <= length;

    /// <summary>Ways that are equally busy stay in their order.</summary>
    private IEnumerable<ModelTarget> LeastBusy(IReadOnlyList<ModelTarget> ways, string path) =>
        ways.Count < 2 ? ways : ways.OrderBy(way => health.Of(way, path).Busy);
}
