using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts.Links;
using Republic.Core.Admin.People;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>One person's account: role, access, a link for a new password.</summary>
public sealed class PersonModel(PeopleReader reader, PersonEditor editor, PasswordResets resets) : SuperuserPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PersonLine Shown { get; private set; } = null!;

    /// <summary>The link just made, shown this once.</summary>
    public string? ResetLink { get; private set; }

    public Guid Me => Asking.Id;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(failure: null, ct);

    public Task<IActionResult> OnPostRoleAsync(bool? superuser, CancellationToken ct) =>
        superuser is { } isSuperuser
            ? DoneAsync(
                editor.SetRoleAsync(Me, Id, isSuperuser, ct),
                isSuperuser ? "A superuser now." : "A member now.",
                "It applies at once, wherever they are signed in.",
                ct
            )
            : ShowAsync(Failure.Invalid("", "Choose a role: superuser or member."), ct);

    public Task<IActionResult> OnPostDeactivateAsync(CancellationToken ct) =>
        DoneAsync(editor.DeactivateAsync(Me, Id, ct), "Deactivated.", "Signed out everywhere; keys and tokens are refused.", ct);

    public Task<IActionResult> OnPostReactivateAsync(CancellationToken ct) =>
        DoneAsync(editor.ReactivateAsync(Me, Id, ct), "Reactivated.", "Signing in works again.", ct);

    // Not redirected: the link must stand in this answer and nowhere else.
    public async Task<IActionResult> OnPostResetLinkAsync(CancellationToken ct)
    {
        var made = await resets.CreateAsync(Me, Id, ct);
        ResetLink = made.Ok ? LinkAddress.OfReset(Request, made.Value.Token) : null;
        return await ShowAsync(made.Failure, ct);
    }

    private async Task<IActionResult> DoneAsync(Task<Outcome<Guid>> change, string fact, string meaning, CancellationToken ct)
    {
        var changed = await change;
        if (!changed.Ok)
        {
            return await ShowAsync(changed.Failure, ct);
        }

        this.Toast(fact, meaning);
        // Who made themselves a member sees no such page any more.
        return (await reader.FindAsync(Me, ct)).Value is { IsSuperuser: true } ? RedirectToPage(new { Id }) : LocalRedirect("/");
    }

    private async Task<IActionResult> ShowAsync(Failure? failure, CancellationToken ct)
    {
        var found = await reader.FindAsync(Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Shown = found.Value;
        return failure is null ? Page() : this.Refuse(failure);
    }
}
