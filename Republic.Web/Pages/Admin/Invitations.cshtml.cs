using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Accounts.SigningUp;
using Republic.Core.Admin.People;
using Republic.Core.Admin.Settings;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>Who may make an account, and invitations.</summary>
public sealed class InvitationsModel(Invitations invitations, PeopleReader people, RuntimeSettings settings, TimeProvider time)
    : SuperuserPage
{
    private const string MadeLink = "invitation";

    [BindProperty]
    public InvitationForm Input { get; set; } = new();

    public IReadOnlyList<Invitation> Invitations { get; private set; } = [];

    /// <summary>Names of the people who signed up with an invitation, by their id.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>The link just made, shown this once.</summary>
    public string? Link { get; private set; }

    public SignUpMode Mode { get; private set; }

    /// <summary>What sets the mode where a page cannot change it; else null.</summary>
    public string? Fixed { get; private set; }

    public string Sentence =>
        Mode switch
        {
            SignUpMode.Open => "Anybody who reaches this address may sign up.",
            SignUpMode.Invitation =>
                $"Everybody needs an invitation to sign up; {Figures.Count(Invitations.Count(one => one.UsedAt is null && !IsOver(one)), "is", "are")} open.",
            _ => "Sign-up is closed.",
        };

    public bool IsOver(Invitation invitation) => invitation.ExpiresAt <= time.GetUtcNow();

    public Task OnGetAsync(CancellationToken ct)
    {
        Link = TempData[MadeLink] as string;
        return LoadAsync(ct);
    }

    // The link waits in a sealed cookie for the page that follows: to read that one again makes no other.
    public async Task<IActionResult> OnPostInviteAsync(CancellationToken ct)
    {
        if (ModelState.TakeUnreadable() is [var unreadable, ..])
        {
            await LoadAsync(ct);
            return this.Refuse(Failure.Invalid(unreadable.Field, unreadable.Message));
        }

        var made = await invitations.CreateAsync(Asking.Id, Input.Note, Input.Days, ct);
        if (!made.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(made.Failure);
        }

        TempData[MadeLink] = LinkAddress.OfInvitation(Request, made.Value.Token);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(
            (await invitations.WithdrawAsync(Asking.Id, id, ct)).Failure,
            "The invitation is withdrawn.",
            "Its link is of no use any more.",
            ct
        );

    public async Task<IActionResult> OnPostModeAsync(string? mode, CancellationToken ct) =>
        await DoneAsync(
            (await settings.ChangeAsync(Asking.Id, SettingCatalog.SignUp, mode ?? "", ct)).Failure,
            "Saved.",
            "It applies now.",
            ct
        );

    private async Task<IActionResult> DoneAsync(Failure? failure, string fact, string meaning, CancellationToken ct)
    {
        if (failure is not null)
        {
            await LoadAsync(ct);
            return this.Refuse(failure);
        }

        this.Toast(fact, meaning);
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Invitations = await invitations.ListAsync(ct);
        Names = await people.NamesAsync([.. Invitations.Select(one => one.UsedBy).OfType<Guid>()], ct);
        var mode = await settings.FindAsync(SettingCatalog.SignUp, ct);
        Mode = Enum.TryParse<SignUpMode>(mode.Value, ignoreCase: true, out var read) ? read : SignUpMode.Open;
        Fixed = mode.CanBeChanged ? null : SettingWords.Of(mode, LocalTime.Of(HttpContext));
    }
}
