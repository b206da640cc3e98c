using System.Text.Json;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;

namespace Republic.Web.Api.Knowledge;

/// <summary>What a client says about a collection; what is left out stays as it is.</summary>
/// <param name="Embedding">An embedding model, or null to find by words alone.</param>
/// <param name="LoseEdits">Whether cutting anew may lose passages that a person changed.</param>
internal sealed record CollectionBody(
    string? Name,
    string? Description,
    CuttingSettings? Cutting,
    RetrievalSettings? Retrieval,
    JsonElement Embedding,
    bool? LoseEdits
)
{
    public Outcome<CollectionInput> ToInput()
    {
        try
        {
            return new CollectionInput
            {
                Name = Name,
                Description = Description,
                Cutting = Cutting,
                Retrieval = Retrieval,
                Embedding =
                    Embedding.ValueKind is JsonValueKind.Undefined ? null : Embedding.Deserialize<EmbeddingModel>(SnakeCaseJson.Options),
                // Left out, it stays as it is; null says that there is none.
                NoEmbedding = Embedding.ValueKind == JsonValueKind.Null,
                LoseEdits = LoseEdits ?? false,
            };
        }
        catch (JsonException)
        {
            return Failure.Invalid("embedding", "An embedding model is {\"provider\": \"…\", \"model_id\": \"…\"}, or null for none.");
        }
    }
}
