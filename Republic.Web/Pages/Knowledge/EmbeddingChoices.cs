using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers;

namespace Republic.Web.Pages.Knowledge;

/// <summary>The options of a field for whose embedding model passages are found by.</summary>
public sealed record EmbeddingChoices(ProviderCatalog Catalog, BuiltInEmbedding BuiltIn, EmbeddingForm Chosen)
{
    public IEnumerable<(string Value, string Label)> Options
    {
        get
        {
            if (BuiltIn.IsThere || Chosen.IsBuiltIn)
            {
                yield return (EmbeddingForm.BuiltIn, $"Built in: {BuiltInEmbedding.ModelId}, for English");
            }

            yield return ("", "None: by words alone");
            foreach (var row in Catalog.Rows.Where(row => row.HasEmbeddings || row.Name == Chosen.Provider))
            {
                yield return (row.Name, row.TakesBaseUrl ? row.DisplayName : "This machine (a GGUF file)");
            }
        }
    }
}
