using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Events;
using Republic.Core.Sharing;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Sharing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

/// <summary>Tasks that others share with the person: invitations, those that were accepted, and those that are theirs to do.</summary>
public sealed class SharedModel(TaskShareCards shares, TaskCards cards, ShareEditor<TaskShare> editor, LiveEvents live) : PageModel
{
    public Guid Me => CurrentPerson.From(User).Id;

    /// <summary>The newest.</summary>
    public IReadOnlyList<SharedTaskCard> Shares { get; private set; } = [];

    public IReadOnlyList<SharedTaskCard> Invitations => [.. Shares.Where(share => !share.IsAccepted)];

    public IReadOnlyList<SharedTaskCard> Accepted => [.. Shares.Where(share => share.IsAccepted)];

    /// <summary>The person's to do, without those that are done.</summary>
    public IReadOnlyList<TaskCard> Mine { get; private set; } = [];

    public string LivePosition { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        Shares = await shares.SharedWithAsync(Me, TaskShare.MaxPage, before: null, ct);
        var given = await cards.ListAsync(Me, new TaskQuery { IsShared = true, AssignedTo = Me }, TaskCards.MaxPage, before: null, ct);
        Mine = [.. given.Where(task => task.Status != WorkTaskStatus.Done)];
        return Request.IsHtmx() ? Partial("_Shared", this) : Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync(Guid share, CancellationToken ct)
    {
        var accepted = await editor.AcceptAsync(Me, share, ct);
        if (!accepted.Ok)
        {
            return this.Refuse(accepted.Failure);
        }

        this.Toast("It is shared with you.");
        return LocalRedirect($"/tasks/{accepted.Value}");
    }

    /// <summary>Declines an invitation, or leaves a task.</summary>
    public async Task<IActionResult> OnPostLeaveAsync(Guid share, CancellationToken ct)
    {
        var left = await editor.LeaveAsync(Me, share, ct);
        if (!left.Ok)
        {
            return this.Refuse(left.Failure);
        }

        this.Toast("It is off your list.");
        return LocalRedirect("/tasks/shared");
    }
}
