using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Memories;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Knowledge;

namespace Republic.Web.Pages.Memories;

public sealed class SettingsModel(MemorySwitch settings, ProviderCatalog catalog, BuiltInEmbedding builtIn) : PageModel
{
    [BindProperty]
    public SettingsForm Input { get; set; } = new();

    public EmbeddingChoices Choices => new(catalog, builtIn, new EmbeddingForm { Provider = Input.Provider });

    /// <summary>Words alone are used, and nobody chose them.</summary>
    public bool Waits => Choices.Chosen.IsBuiltIn && builtIn.Default is null;

    public async Task OnGetAsync(CancellationToken ct) =>
        Input = SettingsForm.Of(await settings.ReadAsync(CurrentPerson.From(User).Id, ct));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var saved = await settings.ChangeAsync(CurrentPerson.From(User).Id, Input.Into, ct);
        if (!saved.Ok)
        {
            return this.Refuse(Beside(saved.Failure));
        }

        this.Toast("Saved.", saved.Value.IsOn ? "It holds from the next message on." : "Nothing is recalled from now on.");
        return RedirectToPage("/Memories/Index");
    }

    /// <summary>The API says where in the settings a field stands; the form has them side by side.</summary>
    private static Failure Beside(Failure failure) =>
        failure with
        {
            Fields = [.. failure.Fields.Select(error => error with { Field = error.Field[(error.Field.LastIndexOf('.') + 1)..] })],
        };
}
