using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Serving;

namespace Republic.Core.Leaving;

/// <summary>The models that go with an account. What others have too stays, on the disk and in memory.</summary>
public sealed class LeftModels(PersonalModelStore models, ServedFiles served)
{
    internal async Task<IReadOnlyList<Func<CancellationToken, Task>>> OfAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var personal = await db.PersonalModels.AsNoTracking().OwnedBy(person).ToListAsync(ct);
        return
        [
            .. personal.Select(model => model.Sha256).OfType<string>().Select(Following),
            .. personal.Select(model => (Func<CancellationToken, Task>)(_ => models.DeleteFilesAsync(db, model))),
        ];
    }

    private Func<CancellationToken, Task> Following(string sha256) => ct => served.FollowAsync(sha256, ct);
}
