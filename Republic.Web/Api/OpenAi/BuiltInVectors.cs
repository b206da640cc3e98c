using Republic.Core;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>The vectors of minions on the built-in model, which writes answers and compares no texts: the built-in embedding model makes them.</summary>
internal sealed class BuiltInVectors(BuiltInEmbedding builtIn, EmbeddingRoutes routes)
{
    /// <returns>The given route, unless it leads to the built-in model.</returns>
    public async ValueTask<Outcome<ModelRoute>> InsteadOfAsync(ModelRoute route, Guid owner, CancellationToken ct)
    {
        if (route.First is not { } own || !own.Provider.IsBuiltIn(own.ModelId) || !builtIn.IsThere)
        {
            return route;
        }

        var found = await routes.FindAsync(owner, BuiltInEmbedding.Model, ct);
        return found.Ok ? route with { Candidates = found.Value.Route.Candidates } : found.Failure;
    }
}
