using Republic.Core.Knowledge.Cutting;
using Republic.Core.Providers;

namespace Republic.Core.Knowledge;

/// <summary>What a collection may be like.</summary>
internal static class CollectionRules
{
    private const int MaxModel = 300;
    private const int MaxPrefix = 200;

    public static Failure? Check(CollectionInput input, ProviderCatalog catalog)
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

        if (input is { NoEmbedding: false, Embedding: { } embedding })
        {
            Check(embedding, catalog, rules);
        }

        return rules.Errors.Count == 0 ? null : Failure.Invalid(rules.Errors);
    }

    private static void Check(EmbeddingModel model, ProviderCatalog catalog, FieldRules rules)
    {
        rules.Text("embedding.model_id", "The model", model.ModelId, MaxModel);
        rules.Required("embedding.model_id", "The model", model.ModelId);
        rules.Text("embedding.query_prefix", "The prefix", model.QueryPrefix, MaxPrefix);
        rules.Text("embedding.passage_prefix", "The prefix", model.PassagePrefix, MaxPrefix);
        if (catalog.Find(model.Provider) is not { } row)
        {
            rules.Add("embedding.provider", "There is no such provider. Choose one of the list.");
        }
        else if (row.IsBuiltIn(model.ModelId))
        {
            rules.Add(
                "embedding.model_id",
                "The built-in model was not made for this: its vectors mean nothing. Name a GGUF embedding model, or use none."
            );
        }
        else if (!row.TakesBaseUrl && model.BaseUrl is not null)
        {
            rules.Add("embedding.base_url", $"{row.DisplayName} runs here and has no address.");
        }
        else if (
            model.BaseUrl is { } address
            && !(Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        )
        {
            rules.Add("embedding.base_url", "An address begins with https:// or http://.");
        }
    }
}
