using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Backups.Schedules;
using Republic.Core.Events;
using Republic.Core.Security;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin.Backups;

/// <summary>The backups there are, one that is made just now, and when the next ones are made.</summary>
public sealed class IndexModel(
    BackupReader reader,
    BackupEditor editor,
    BackupScheduleEditor schedules,
    BackupFolder folder,
    MasterKeys keys,
    LiveEvents live
) : SuperuserPage
{
    [BindProperty]
    public BackupScheduleForm Input { get; set; } = new();

    public BackupOverview Overview { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public Guid Me => Asking.Id;

    public string Folder => folder.Root;

    public bool IsEncrypted => folder.HasPassphrase;

    /// <summary>The master key that seals now, which is in no backup.</summary>
    public MasterKey Key => keys.Current;

    public bool IsKeyConfigured => keys.AreConfigured;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(failure: null, ct);

    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_Backups", this);
    }

    public async Task<IActionResult> OnPostNowAsync(CancellationToken ct)
    {
        var started = await editor.StartAsync(Me, ct);
        return started.Ok ? Done("A backup is being made.", "It goes on when you close this page.") : await ShowAsync(started.Failure, ct);
    }

    public async Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken ct)
    {
        var asked = await editor.CheckAsync(Me, id, ct);
        return asked.Ok ? Done($"{asked.Value.FileName} is being checked.", "Its whole file is read.") : await ShowAsync(asked.Failure, ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, id, ct);
        return deleted.Ok ? Done($"{deleted.Value} is deleted.") : await ShowAsync(deleted.Failure, ct);
    }

    public async Task<IActionResult> OnPostScheduleAsync(CancellationToken ct)
    {
        List<FieldError> unreadable = [];
        var input = Input.ToInput(unreadable);
        var changed = unreadable.Count > 0 ? Failure.Invalid(unreadable) : await schedules.ChangeAsync(Me, input, ct);
        if (changed.Ok)
        {
            return Done(changed.Value.IsOn ? "Backups are planned." : "No backup is made by itself any more.");
        }

        await LoadAsync(ct);
        return this.Refuse(changed.Failure);
    }

    private RedirectToPageResult Done(string fact, string meaning = "")
    {
        this.Toast(fact, meaning);
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowAsync(Failure? failure, CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = BackupScheduleForm.Of(Overview.Schedule, BrowserZone.Of(Request));
        return failure is null ? Page() : this.Refuse(failure);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        Overview = await reader.ReadAsync(ct);
    }
}
