using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>What an outside client says, and is told, of answers that are remembered.</summary>
internal static class OpenAiCache
{
    private const string Header = "x-republic-cache";

    /// <summary>The route as this call wants it: <c>Cache-Control: no-cache</c> asks a model, <c>no-store</c> leaves nothing behind.</summary>
    public static ModelRoute Asked(HttpRequest request, ModelRoute route)
    {
        if (route.Cache is not { } policy || request.GetTypedHeaders().CacheControl is not { } wish)
        {
            return route;
        }

        return route with
        {
            Cache = policy with { MayRecall = !wish.NoCache, MayKeep = !wish.NoStore },
        };
    }

    public static void Tell(IHeaderDictionary headers, ModelRoute route, RoutedAnswer answer)
    {
        if (route.Cache is not null)
        {
            headers[Header] = answer.IsRecalled ? "hit" : "miss";
        }
    }
}
