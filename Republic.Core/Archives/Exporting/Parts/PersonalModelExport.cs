using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Which models the person has. Their files of many gigabytes stay out.</summary>
internal sealed class PersonalModelExport : IExportPart
{
    public string Kind => ArchiveKinds.PersonalModels;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var models = await scope.Db.PersonalModels.AsNoTracking().OwnedBy(scope.Person).OrderBy(m => m.Id).ToListAsync(ct);
        var records = models.ConvertAll(model => new ArchivedPersonalModel(
            model.Name,
            model.ModelId,
            model.Bytes,
            model.Variant,
            Plain(model.SourceUrl),
            model.Sha256
        ));
        await scope.Writer.WriteJsonAsync(ArchiveFormat.PersonalModels, records, ct);
        return records.Count;
    }

    /// <summary>Without what may be a key: the name and password in an address, and its query.</summary>
    private static string? Plain(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : null;
}
