using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers;

namespace Republic.Web.Pages.Knowledge;

/// <summary>The options of a field that names the provider of an embedding model.</summary>
public sealed record EmbeddingChoices(ProviderCatalog Catalog, BuiltInEmbedding BuiltIn, EmbeddingForm Chosen)
{
    private const string Name = $"Built in: {BuiltInEmbedding.ModelId}";

    public IEnumerable<Option> Options =>
        [
            BuiltIn.IsThere || Chosen.IsBuiltIn
                ? new(EmbeddingForm.BuiltIn, $"{Name}, for English")
                : new(EmbeddingForm.BuiltIn, $"{Name} (not here: this build has no copy of it)") { IsMissing = true },
            new("", "None: by words alone"),
            .. Catalog
                .Rows.Where(row => row.HasEmbeddings || row.Name == Chosen.Provider)
                .Select(row => new Option(row.Name, row.TakesBaseUrl ? row.DisplayName : "This machine (a GGUF file)")),
        ];

    public sealed record Option(string Value, string Label)
    {
        /// <summary>It is shown, and cannot be chosen.</summary>
        public bool IsMissing { get; init; }
    }
}
