using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Knowledge;

public sealed class NewModel(CollectionEditor editor, CitizenCards citizens, ProviderCatalog catalog) : PageModel
{
    [BindProperty]
    public NameForm Input { get; set; } = new();

    /// <summary>Of models that make vectors.</summary>
    public IEnumerable<ProviderRow> Providers => catalog.Rows.Where(row => row.HasEmbeddings || row.Name == Input.Embedding.Provider);

    /// <summary>Begins with the embedding model that the person prefers; who prefers none is not asked for one here.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        var preferred = (await citizens.PreferredAsync(CurrentPerson.From(User).Id, ct)).Embedding;
        Input.Embedding = new EmbeddingForm { Provider = preferred?.Provider, ModelId = preferred?.ModelId };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = new CollectionInput
        {
            Name = Input.Name,
            Description = Input.Description,
            Embedding = Input.Embedding.ToModel(),
        };
        var made = await editor.CreateAsync(CurrentPerson.From(User).Id, input, ct);
        return made.Ok ? LocalRedirect($"/knowledge/{made.Value}") : this.Refuse(made.Failure);
    }
}
