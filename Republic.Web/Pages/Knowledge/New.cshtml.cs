using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Knowledge;

public sealed class NewModel(CollectionEditor editor, CitizenCards citizens, ProviderCatalog catalog, BuiltInEmbedding builtIn) : PageModel
{
    [BindProperty]
    public NameForm Input { get; set; } = new();

    public EmbeddingChoices Choices => new(catalog, builtIn, Input.Embedding);

    /// <summary>Begins with the embedding model that the person prefers, else with the built-in one.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        var preferred = (await citizens.PreferredAsync(CurrentPerson.From(User).Id, ct)).Embedding;
        Input.Embedding = EmbeddingForm.Of(preferred is null ? builtIn.Default : new EmbeddingModel(preferred.Provider, preferred.ModelId));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var embedding = Input.Embedding.ToModel();
        var input = new CollectionInput
        {
            Name = Input.Name,
            Description = Input.Description,
            Embedding = embedding,
            NoEmbedding = embedding is null,
        };
        var made = await editor.CreateAsync(CurrentPerson.From(User).Id, input, ct);
        return made.Ok ? LocalRedirect($"/knowledge/{made.Value}") : this.Refuse(made.Failure);
    }
}
