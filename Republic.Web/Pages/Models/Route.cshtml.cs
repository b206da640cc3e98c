using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>A dry run of a minion's route: who would answer a prompt, and why.</summary>
public sealed class RouteModel(RepublicDb db, MinionRoutes routes) : PageModel
{
    public RouteView View { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => ShowAsync(id, null, ct);

    public Task<IActionResult> OnPostAsync(Guid id, string? prompt, CancellationToken ct) => ShowAsync(id, prompt ?? "", ct);

    private async Task<IActionResult> ShowAsync(Guid id, string? prompt, CancellationToken ct)
    {
        var me = CurrentPerson.From(User).Id;
        if (await db.Minions.AsNoTracking().OwnedBy(me).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        View = new RouteView(minion, await routes.PreviewAsync(minion, new RouteQuestion(prompt), ct), prompt);
        return Request.IsHtmx() ? Partial("_Route", View) : Page();
    }
}
