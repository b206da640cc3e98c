using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>One version of a minion, and the way back from it: to its run, and to the rows that one read.</summary>
public sealed class VersionModel(RepublicDb db, MinionVersions versions) : PageModel
{
    public Minion Minion { get; private set; } = null!;

    public VersionCard Version { get; private set; } = null!;

    /// <summary>Why it could not be chosen.</summary>
    public string? Problem { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(Guid id, int number, CancellationToken ct)
    {
        var found = await versions.FindAsync(Me, id, number, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Version = found.Value;
        Minion = await db.Minions.AsNoTracking().OwnedBy(Me).SingleAsync(m => m.Id == id, ct);
        return Page();
    }

    /// <summary>Undoing it is choosing the former one.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, int number, CancellationToken ct)
    {
        var chosen = await versions.ChooseAsync(Me, id, number, ct);
        if (!chosen.Ok)
        {
            Problem = chosen.Failure.Message;
            Response.StatusCode = chosen.Failure.StatusCode();
            return chosen.Failure.Kind == FailureKind.NotFound ? this.Refuse(chosen.Failure) : await OnGetAsync(id, number, ct);
        }

        var (minion, former) = chosen.Value;
        this.Toast(
            $"{minion.Citizen.DisplayName} answers as version {number} now.",
            "Its chats go on with it.",
            former == number ? null : $"/models/{id}/versions/{former}"
        );
        return LocalRedirect($"/models/{id}#versions");
    }
}
