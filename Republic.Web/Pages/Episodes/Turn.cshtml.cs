using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Episodes.Reading;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Toasts;

namespace Republic.Web.Pages.Episodes;

/// <summary>What a notification says where it is the person's turn in an episode, or was; nothing where it is not.</summary>
public sealed class TurnModel(EpisodeCards cards) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => Told(await cards.FindTurnAsync(Me, Id, ct), TurnNotice.Begun);

    /// <param name="step">The one that the person did not do in time.</param>
    public async Task<IActionResult> OnGetMissedAsync(Guid step, CancellationToken ct) =>
        Told(await cards.FindMissedAsync(Me, Id, step, ct), TurnNotice.Missed);

    private IActionResult Told(Outcome<EpisodeTurn> found, Func<EpisodeTurn, BrowserNotice?> words) =>
        !found.Ok ? this.Refuse(found.Failure)
        : words(found.Value) is { } notice ? new JsonResult(notice)
        : new NoContentResult();
}
