using System.Security.Cryptography;
using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>Finds the route to an embedding model, with the person's key opened for the call.</summary>
public sealed class EmbeddingRoutes(ProviderCatalog catalog, EndpointFinder endpoints, CredentialCache credentials)
{
    private const int LongestKey = 600;

    /// <summary>Says that a model writes answers, and what to choose instead.</summary>
    public static string NoEmbeddingModel(string model) =>
        $"{model} writes answers and was not made to compare texts. Choose {BuiltInEmbedding.ModelId}, which comes along, or another embedding model.";

    /// <summary>A failure's message is for the person who asked: what is in the way, and what to do.</summary>
    public async ValueTask<Outcome<EmbeddingRoute>> FindAsync(Guid owner, EmbeddingModel model, CancellationToken ct)
    {
        if (catalog.Find(model.Provider) is not { } provider)
        {
            return Failure.Invalid("embedding.provider", $"This version does not know the provider “{model.Provider}”.");
        }

        if (provider.IsBuiltIn(model.ModelId))
        {
            return Failure.Invalid("embedding.model_id", NoEmbeddingModel(model.ModelId));
        }

        var keys = await credentials.OfAsync(owner, ct);
        var found = endpoints.Find(new ModelReference(model.Provider, model.ModelId, model.BaseUrl, model.CredentialId), keys);
        if (found.Problem is { } problem)
        {
            return Failure.Conflict(problem);
        }

        if (found.Endpoints[0].ApiKey is null && provider.Key == KeyNeed.Required)
        {
            return Failure.Conflict(
                model.BaseUrl is { } address && keys.Has(provider.Name)
                    ? $"{provider.DisplayName} needs a key, and none of yours was entered for {address}: a key is sent nowhere else. Leave the address empty, or add a key for it under Providers."
                    : $"{provider.DisplayName} needs a key, and there is none for it. Add one under Providers."
            );
        }

        var route = new ModelRoute([found]) { Owner = owner, Purpose = CallPurpose.Knowledge };
        return new EmbeddingRoute(model, route, KeyOf(model, provider, found.Endpoints[0].BaseUrl));
    }

    /// <summary>All that a vector depends on besides the text. Which key is asked with is no part of it, what server it leads to is.</summary>
    private static string KeyOf(EmbeddingModel model, ProviderRow provider, Uri? address)
    {
        var server = address is null || address == provider.BaseUrl ? "" : address.AbsoluteUri.TrimEnd('/');
        var key = string.Join('\n', model.Provider, server, model.ModelId, model.PassagePrefix ?? "");
        return key.Length <= LongestKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
