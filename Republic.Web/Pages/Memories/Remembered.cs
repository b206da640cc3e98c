using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Memories;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Memories;

/// <summary><c>&lt;vc:remembered minion="id" /&gt;</c>: what a minion remembers of the person who looks, in short.</summary>
[ViewComponent]
public sealed class Remembered(MemoryCards cards, RepublicDb db) : ViewComponent
{
    private const int Shown = 3;

    public async Task<IViewComponentResult> InvokeAsync(Guid minion)
    {
        var (me, ct) = (CurrentPerson.From(UserClaimsPrincipal).Id, HttpContext.RequestAborted);
        var name = await db.Minions.OwnedBy(me).Where(m => m.Id == minion).Select(m => m.Citizen.DisplayName).SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return Content("");
        }

        var newest = await cards.ListAsync(
            new MemoryQuery(me)
            {
                Minion = minion,
                Status = MemoryStatus.Active,
                IsDecided = true,
                Limit = Shown,
            },
            ct
        );
        var counts = await cards.CountAsync(me, minion, ct);
        return View("/Pages/Memories/_Remembered.cshtml", new RememberedView(minion, name, newest, counts.Used, counts.Waiting));
    }
}
