using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Training.Versions;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Models;

/// <summary>A page about one minion: whose it is, and what training made of it.</summary>
public abstract class MinionPage(RepublicDb db, MinionVersions versions, LiveEvents live) : PageModel
{
    public Minion Minion { get; private set; } = null!;

    /// <summary>Newest first; empty before the first training.</summary>
    public IReadOnlyList<VersionCard> Versions { get; private set; } = [];

    /// <summary>From here on the page follows what happens.</summary>
    public string LivePosition { get; private set; } = "";

    protected RepublicDb Db { get; } = db;

    public Guid Me => CurrentPerson.From(User).Id;

    protected async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var minion = await Db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
        Minion = minion!;
        Versions = (await versions.ListAsync(Me, id, MinionVersions.MaxPage, before: null, ct)).Value ?? [];
        return minion is not null;
    }
}
