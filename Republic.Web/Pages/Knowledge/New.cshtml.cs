using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Knowledge;

public sealed class NewModel(CollectionEditor editor) : PageModel
{
    [BindProperty]
    public NameForm Input { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = new CollectionInput { Name = Input.Name, Description = Input.Description };
        var made = await editor.CreateAsync(CurrentPerson.From(User).Id, input, ct);
        return made.Ok ? LocalRedirect($"/knowledge/{made.Value}") : this.Refuse(made.Failure);
    }
}
