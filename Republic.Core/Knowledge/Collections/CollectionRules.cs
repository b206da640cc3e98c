using Republic.Core.Knowledge.Cutting;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Security;

namespace Republic.Core.Knowledge.Collections;

/// <summary>What a collection may be like.</summary>
public sealed class CollectionRules(ProviderCatalog catalog, OutboundGuard guard, CredentialCache credentials, BuiltInEmbedding builtIn)
{
    private const int MaxModel = 300;
    private const int MaxPrefix = 200;

    /// <summary>The embedding model of a new collection: the built-in one where nothing is said of it.</summary>
    internal EmbeddingModel? EmbeddingOf(CollectionInput input) => input.NoEmbedding ? null : input.Embedding ?? builtIn.Default;

    /// <param name="current">The embedding model that it has: what was fine when it was chosen is not judged again.</param>
    internal async Task<Failure?> CheckAsync(Guid owner, CollectionInput input, EmbeddingModel? current, CancellationToken ct)
    {
        var rules = new FieldRules([]);
        if (input.Name is not null && string.IsNullOrWhiteSpace(input.Name))
        {
            rules.Add("name", "A collection needs a name.");
        }

        rules.Text("name", "The name", input.Name, KnowledgeTables.MaxName);
        rules.Text("description", "The description", input.Description, KnowledgeTables.MaxDescription, isLine: false);
        if (input.Cutting is { } cutting)
        {
            rules.Range("cutting.length", "The length", cutting.Length, PassageCutter.LeastLength, PassageCutter.MostLength);
            rules.Range("cutting.overlap", "The overlap", cutting.Overlap, 0, Math.Max(0, cutting.Length / 2));
        }

        if (input.Retrieval is { } retrieval)
        {
            rules.Range("retrieval.limit", "The number of passages", retrieval.Limit, 1, 20);
            if (retrieval.Threshold is not (>= 0 and <= 1))
            {
                rules.Add("retrieval.threshold", "The threshold is a number from 0 to 1.");
            }
        }

        if (input is { NoEmbedding: false, Embedding: { } embedding } && embedding != current)
        {
            Check(embedding, await credentials.OfAsync(owner, ct), rules);
        }

        return rules.Errors.Count == 0 ? null : Failure.Invalid(rules.Errors);
    }

    private void Check(EmbeddingModel model, CredentialSet keys, FieldRules rules)
    {
        rules.Text("embedding.model_id", "The model", model.ModelId, MaxModel);
        rules.Required("embedding.model_id", "The model", model.ModelId);
        rules.Text("embedding.query_prefix", "The prefix", model.QueryPrefix, MaxPrefix);
        rules.Text("embedding.passage_prefix", "The prefix", model.PassagePrefix, MaxPrefix);
        if (catalog.Find(model.Provider) is not { } row)
        {
            rules.Add("embedding.provider", "There is no such provider. Choose one of the list.");
        }
        else if (!row.HasEmbeddings)
        {
            rules.Add("embedding.provider", $"{row.DisplayName} makes no embeddings. Choose another provider, or none.");
        }
        else if (row.IsBuiltIn(model.ModelId))
        {
            rules.Add("embedding.model_id", EmbeddingRoutes.NoEmbeddingModel(model.ModelId));
        }
        else
        {
            PlaceRules.Check(rules, "embedding.", new(row.Name, model.ModelId, model.BaseUrl, model.CredentialId), row, keys, guard);
        }
    }
}
