using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Episodes.Reading;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Episodes;

/// <summary>The count in the navigation, for a page that is open while an episode begins or ceases to wait for the person.</summary>
public sealed class WaitingModel(EpisodeCards cards) : PageModel
{
    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => Partial("_EpisodesWaiting", await cards.CountWaitingAsync(Me, ct));

    /// <summary>The notifications of all turns that are the person's now, for a browser that was not told when they began.</summary>
    public async Task<IActionResult> OnGetTurnsAsync(CancellationToken ct) =>
        new JsonResult((await cards.ListTurnsAsync(Me, ct)).Select(TurnNotice.Begun));
}
