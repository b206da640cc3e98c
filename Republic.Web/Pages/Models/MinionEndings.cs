using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.PersonalModels.Missing;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Models;

/// <summary><c>&lt;vc:minion-endings minion="id" /&gt;</c>: which of a minion's models end or are gone, in short, with the way to another.</summary>
[ViewComponent]
public sealed class MinionEndings(RepublicDb db, MinionDeprecations deprecations, MissingModels models) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid minion)
    {
        var (me, ct) = (CurrentPerson.From(UserClaimsPrincipal).Id, HttpContext.RequestAborted);
        var found = await db.Minions.AsNoTracking().OwnedBy(me).Live().SingleOrDefaultAsync(m => m.Id == minion, ct);
        if (found is null)
        {
            return Content("");
        }

        var missing = await MissingView.OfAsync(models, found, ct) with { IsShort = true, Back = HttpContext.Request.Path };
        var endings = (await deprecations.ForAsync(me, ct)).All(found);
        return endings.Count == 0 && missing.IsEmpty
            ? Content("")
            : View("/Pages/Models/_EndingHead.cshtml", new EndingsView(found.Id, endings, IsShort: true) { Missing = missing });
    }
}
