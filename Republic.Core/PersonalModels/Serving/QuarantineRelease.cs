using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Installing;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>Tries a model again: one whose installation stopped, or one over whose file the model host crashed.</summary>
public sealed class QuarantineRelease(RepublicDb db, QuarantinedModels quarantined, InstallControl install)
{
    public async Task<Outcome<Guid>> TryAgainAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var model = await db.PersonalModels.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct);
        // One that is being installed or tested is refused, and others with its file have it quarantined still.
        if (model is { Sha256: { } digest, State: ModelState.Ready or ModelState.Failed or ModelState.Paused })
        {
            quarantined.Release(digest);
        }

        return model?.State == ModelState.Ready ? await install.TestAsync(owner, id, ct) : await install.ResumeAsync(owner, id, ct);
    }
}
