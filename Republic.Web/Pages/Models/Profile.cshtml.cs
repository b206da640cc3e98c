using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

public sealed class ProfileModel(
    RepublicDb db,
    MinionEditor editor,
    ModelSync sync,
    ProviderCatalog catalog,
    MinionVersions versions,
    LiveEvents live
) : MinionPage(db, versions, live)
{
    public ProviderRow? Provider => catalog.Find(Minion.Provider);

    /// <summary>The outside key just made, shown this once.</summary>
    public RepublicKey? Key { get; private set; }

    /// <summary>What the check just found, where the provider said why it failed.</summary>
    public SyncCheck? Check { get; private set; }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => ShownAsync(id, ct);

    public async Task<IActionResult> OnPostFavoriteAsync(Guid id, bool favorite, CancellationToken ct)
    {
        var changed = await editor.SetFavoriteAsync(Me, id, favorite, ct);
        if (!changed.Ok)
        {
            return this.Refuse(changed.Failure);
        }

        if (!Request.IsHtmx())
        {
            return LocalRedirect("/models");
        }

        var card = await Db.Minions.AsNoTracking().OwnedBy(Me).Live().Where(m => m.Id == id).Cards().SingleAsync(ct);
        return Partial("_Card", card);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        var run = await Db.TrainingJobs.UnderWay(Db, Me).Where(job => job.MinionId == id).Select(job => job.Name).FirstOrDefaultAsync(ct);
        var meaning = run is null ? "Its chats stay." : $"Its chats stay. Its run “{run}” cannot go on without it, and keeps what is done.";
        this.Toast($"{deleted.Value.Citizen.DisplayName} is deleted.", meaning, $"/models/{id}?handler=Restore");
        if (!Request.IsHtmx())
        {
            return LocalRedirect("/models");
        }

        Response.HxRedirect("/models");
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, CancellationToken ct)
    {
        var restored = await editor.RestoreAsync(Me, id, ct);
        if (!restored.Ok && restored.Failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(restored.Failure);
        }

        this.Toast(restored.Ok ? $"{restored.Value.Citizen.DisplayName} is back." : restored.Failure!.Message);
        return LocalRedirect(restored.Ok ? $"/models/{id}" : "/models");
    }

    public async Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken ct)
    {
        var check = await sync.CheckAsync(Me, id, ct);
        Check = check.Value;
        return check.Ok ? await ShownAsync(id, ct) : this.Refuse(check.Failure);
    }

    // Not redirected: the key must stand in this answer and nowhere else.
    public async Task<IActionResult> OnPostKeyAsync(Guid id, CancellationToken ct)
    {
        var key = await editor.ReissueKeyAsync(Me, id, terms: null, ct);
        Key = key.Value;
        return key.Ok ? await ShownAsync(id, ct) : this.Refuse(key.Failure);
    }

    /// <param name="origins">One on each line.</param>
    public async Task<IActionResult> OnPostOriginsAsync(Guid id, string? origins, CancellationToken ct)
    {
        var lines = (origins ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var saved = await editor.SetKeyOriginsAsync(Me, id, lines, ct);
        if (saved.Failure is { } failure)
        {
            ModelState.AddModelError(nameof(origins), failure.Message);
            Response.StatusCode = failure.StatusCode();
        }

        return await ShownAsync(id, ct);
    }

    private async Task<IActionResult> ShownAsync(Guid id, CancellationToken ct) =>
        !await LoadAsync(id, ct) ? this.Refuse(Failure.NotFound("minion"))
        : Request.IsHtmx() ? Partial("_Profile", this)
        : Page();
}
