using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Episodes.Reading;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Episodes;

/// <summary>The count in the navigation, for a page that is open while an episode begins or ceases to wait for the person.</summary>
public sealed class WaitingModel(EpisodeCards cards) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        Partial("_EpisodesWaiting", await cards.CountWaitingAsync(CurrentPerson.From(User).Id, ct));
}
