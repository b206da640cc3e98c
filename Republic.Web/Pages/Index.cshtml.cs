using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages;

/// <summary>The start leads to one's minions, or to the ways to make the first.</summary>
public sealed class IndexModel(RepublicDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        LocalRedirect(await db.Minions.OwnedBy(CurrentPerson.From(User).Id).AnyAsync(ct) ? "/models" : "/welcome");
}
