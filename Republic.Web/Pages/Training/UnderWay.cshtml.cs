using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Training.Runs;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Training;

/// <summary>The dot in the navigation, for a page that is open while a run begins or ends.</summary>
public sealed class UnderWayModel(TrainingCards cards) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        Partial("_UnderWay", await cards.IsAnyActiveAsync(CurrentPerson.From(User).Id, ct));
}
