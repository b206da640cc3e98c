using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Models;

/// <summary><c>&lt;vc:minion-endings minion="id" /&gt;</c>: which of a minion's models end, in short, with the way to another.</summary>
[ViewComponent]
public sealed class MinionEndings(RepublicDb db, MinionDeprecations deprecations) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid minion)
    {
        var (me, ct) = (CurrentPerson.From(UserClaimsPrincipal).Id, HttpContext.RequestAborted);
        var found = await db.Minions.AsNoTracking().OwnedBy(me).Live().SingleOrDefaultAsync(m => m.Id == minion, ct);
        return found is not null && (await deprecations.ForAsync(me, ct)).All(found) is { Count: > 0 } endings
            ? View("/Pages/Models/_EndingHead.cshtml", new EndingsView(found.Id, endings, IsShort: true))
            : Content("");
    }
}
