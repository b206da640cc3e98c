using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Memories;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Memories;

/// <summary>The count in the navigation, for a page that is open while a memory begins or ceases to wait for the person.</summary>
public sealed class WaitingModel(MemoryCards cards) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        Partial("_MemoriesWaiting", await cards.CountWaitingAsync(CurrentPerson.From(User).Id, ct));
}
