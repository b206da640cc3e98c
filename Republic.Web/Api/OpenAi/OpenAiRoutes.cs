using Republic.Core;
using Republic.Core.Minions.Models;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>Finds the models that may answer a question to <c>/v1</c>.</summary>
internal sealed class OpenAiRoutes(MinionTargets targets, BuiltInVectors builtIn)
{
    /// <param name="path">What is asked, as <see cref="ModelRequest.Path"/> says.</param>
    public async ValueTask<Outcome<ModelRoute>> FindAsync(OpenAiQuestion question, string path)
    {
        var (outside, ct) = (question.Minion, question.Context.RequestAborted);
        var known = await targets.RouteAsync(outside, ct);
        if (known.Ok && path == ModelRequest.Embeddings)
        {
            known = await builtIn.InsteadOfAsync(known.Value, outside.Minion.OwnerId, ct);
        }

        return known.Ok ? Fitting(known.Value, question.Request, path) : known;
    }

    /// <summary>
    /// The route with those alone whose answer would do: vectors and likelihoods of different models cannot be compared, and not everybody gives
    /// several answers at once, of which none is remembered.
    /// </summary>
    private static Outcome<ModelRoute> Fitting(ModelRoute route, OpenAiRelayRequest request, string path)
    {
        if (path == ModelRequest.Completions && request.Answers == 1)
        {
            return route;
        }

        var (own, others) = (route.Candidates[0], route.Candidates.Skip(1));
        var fitting =
            path != ModelRequest.Completions
                ? route with
                {
                    Candidates = [own],
                }
                : route with
                {
                    Candidates = [own, .. others.Where(other => other.Endpoints.All(endpoint => endpoint.Provider.GivesSeveral))],
                    Cache = null,
                };
        return fitting.Nearest is null ? Failure.Conflict(own.Problem ?? "It has no endpoint.") : fitting;
    }
}
