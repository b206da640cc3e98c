using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Episodes;

/// <summary>What a notification says where it is the person's turn in an episode; nothing where it is not.</summary>
public sealed class TurnModel(EpisodeCards cards) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await cards.FindTurnAsync(CurrentPerson.From(User).Id, Id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : found.Value is { Step: { } step, Role: { } role }
                ? new JsonResult(
                    new
                    {
                        key = step,
                        title = found.Value.Scenario,
                        text = $"It is your turn as “{ElementName.Of(role)}”.",
                    }
                )
            : new NoContentResult();
    }
}
