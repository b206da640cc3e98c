using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;

namespace Republic.Core.Archives.Exporting.Parts;

internal sealed class ProfileExport : IExportPart
{
    public string Kind => ArchiveKinds.Profile;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var name = await scope.Db.Citizens.Where(c => c.Id == scope.Person).Select(c => c.DisplayName).SingleAsync(ct);
        var profile = new ArchivedProfile(name, await scope.Db.CitizenRecordAsync(scope.Person, ct));
        await scope.Writer.WriteJsonAsync(ArchiveFormat.Profile, profile, ct);
        return 1;
    }
}
