using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Web.Http;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

public sealed class EditModel(ProviderCatalog catalog, RepublicDb db, MinionEditor editor, AvatarUpload pictures) : MinionFormPage(catalog)
{
    public async Task<IActionResult> OnGetAsync(Guid id, string? model, CancellationToken ct)
    {
        Current = await FindAsync(id, ct);
        if (Current is null)
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        Input = MinionForm.Of(MinionInput.Of(Current), Current.Id);
        Input.Seen = Current.UpdatedAt.UtcTicks;
        // A replacement to be tested and, where it pleases, saved.
        Input.ModelId = model ?? Input.ModelId;
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, IFormFile? picture, CancellationToken ct)
    {
        Current = await FindAsync(id, ct);
        if (Current is null)
        {
            return this.Refuse(Failure.NotFound("minion"));
        }

        var input = Input.Over(MinionInput.Of(Current), Current.SealedApiKey is not null);
        await pictures.TakeAsync(Me, picture, input, ct);
        DateTimeOffset? seen =
            Input.Seen is >= 0 and { } ticks && ticks <= DateTimeOffset.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : null;
        var saved = await editor.UpdateAsync(Me, id, _ => input, seen, ct);
        if (!saved.Ok && seen is not null && await FindAsync(id, ct) is { } now && now.UpdatedAt != seen)
        {
            // What was typed stays, and the next press of the button is meant.
            (Current, Input.Seen) = (now, now.UpdatedAt.UtcTicks);
            return Show(Failure.Conflict(StaleForm.Words(Input, now, LocalTime.Of(HttpContext))));
        }

        return saved.Ok
            ? Done(saved.Value, $"{saved.Value.Citizen.DisplayName} is saved.", Lost(Current, saved.Value))
            : Show(saved.Failure);
    }

    private Task<Minion?> FindAsync(Guid id, CancellationToken ct) =>
        db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
}
