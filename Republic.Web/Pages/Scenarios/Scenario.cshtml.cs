using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Scenarios.Drafts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Scenarios;

/// <summary>The address of a scenario, which leads to its editor.</summary>
public sealed class ScenarioModel(ScenarioCards cards) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var found = await cards.FindAsync(CurrentPerson.From(User).Id, id, ct);
        return found.Ok ? LocalRedirect($"/scenarios/{id}/edit") : this.Refuse(found.Failure);
    }
}
