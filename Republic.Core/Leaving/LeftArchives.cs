using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Exporting;
using Republic.Core.Archives.Importing;
using Republic.Core.Data;

namespace Republic.Core.Leaving;

/// <summary>Archives that somebody took along, or brought.</summary>
public sealed class LeftArchives(ExportFiles exports, ImportFiles imports)
{
    internal async Task<Action> OfAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var taken = await db.AccountExports.OwnedBy(person).Select(e => e.Id).ToListAsync(ct);
        var brought = await db.AccountImports.OwnedBy(person).Select(i => i.Id).ToListAsync(ct);
        return () =>
        {
            taken.ForEach(exports.Remove);
            brought.ForEach(imports.Delete);
        };
    }
}
