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

        var cases = (await cards.CasesAsync(me, ct)).Where(c => c.Newer.MinionId == minion).ToList();
        HashSet<Guid> undecided = [.. cases.SelectMany(c => c.Undecided)];
        var newest = await cards.ListAsync(me, minion, MemoryStatus.Active, words: null, Shown + undecided.Count, before: null, ct);
        var used = await db
            .Memories.OwnedBy(me)
            .CountAsync(m => m.MinionId == minion && m.Status == MemoryStatus.Active && !undecided.Contains(m.Id), ct);
        var proposed = await db
            .Memories.OwnedBy(me)
            .CountAsync(m => m.MinionId == minion && m.Status == MemoryStatus.Proposed && !undecided.Contains(m.Id), ct);
        return View(
            "/Pages/Memories/_Remembered.cshtml",
            new RememberedView(minion, name, [.. newest.Where(m => !undecided.Contains(m.Id)).Take(Shown)], used, proposed + cases.Count)
        );
    }
}
