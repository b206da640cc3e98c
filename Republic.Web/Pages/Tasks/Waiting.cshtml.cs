using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Tasks.Board;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Tasks;

/// <summary>The count in the navigation, for a page that is open while something begins or ceases to wait for the person.</summary>
public sealed class WaitingModel(TaskCards cards) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        Partial("_TasksWaiting", await cards.CountWaitingAsync(CurrentPerson.From(User).Id, ct));
}
