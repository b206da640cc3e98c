using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Audit;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account;

/// <summary>Where somebody is signed in, and what was done in their name.</summary>
public sealed class SecurityModel(Sessions sessions, PasswordResets resets, AuditLog audit) : PageModel
{
    private const int ShownActivity = 12;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public IReadOnlyList<AuditEntry> Activity { get; private set; } = [];

    /// <summary>Links with which the password could be changed, made in the last thirty days.</summary>
    public IReadOnlyList<string> ResetLinks { get; private set; } = [];

    private CurrentPerson Me => CurrentPerson.From(User);

    public bool IsHere(Session session) => session.Id == PersonClaims.SessionOf(User);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Sessions = await sessions.ListAsync(Me.Id, ct);
        ResetLinks = await resets.RecentAsync(Me.Id, ct);
        Activity = await audit.ListAsync(Me.Id, action: null, before: null, ShownActivity, ct);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct)
    {
        if (!await sessions.EndAsync(id, Me.Id, AuditActions.SessionEnded, ct))
        {
            return this.Refuse(Failure.NotFound("session"));
        }

        this.Toast("It is signed out.", "What it shows now stays on its screen; nothing more is sent there.");
        return RedirectToPage();
    }
}
