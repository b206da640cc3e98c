using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Datasets: the source byte for byte, what was changed by hand, and the rows of each version.</summary>
internal sealed class DatasetExport(DatasetFiles files) : IExportPart
{
    public string Kind => ArchiveKinds.Datasets;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var ids = await scope.Db.Datasets.OwnedBy(scope.Person).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            await WriteAsync(scope, id, ct);
        }

        return ids.Count;
    }

    private async Task WriteAsync(ExportScope scope, Guid id, CancellationToken ct)
    {
        var db = scope.Db;
        var dataset = await db.Datasets.AsNoTracking().SingleAsync(d => d.Id == id, ct);
        var versions = await db.DatasetVersions.AsNoTracking().Where(v => v.DatasetId == id).OrderBy(v => v.Number).ToListAsync(ct);
        var changes = await db.DatasetChanges.AsNoTracking().Where(c => c.DatasetId == id).OrderBy(c => c.Id).ToListAsync(ct);
        var record = new ArchivedDataset(id, dataset.Name, dataset.Type)
        {
            Description = dataset.Description,
            FileName = dataset.FileName,
            Mapping = dataset.Mapping,
            Settings = versions.LastOrDefault()?.Result.Settings ?? new RefinerySettings(),
            Version = dataset.Version,
            Changes = changes.ConvertAll(c => new ArchivedChange(c.Hash, c.Line, c.Messages, c.SavedIn)),
            CreatedAt = dataset.CreatedAt,
        };
        await scope.Writer.WriteJsonAsync(ArchiveFormat.Dataset(id, "dataset.json"), record, ct);
        scope.Writer.Add(ArchiveFormat.Dataset(id, "source"), files.PathOf(id));
        foreach (var version in versions)
        {
            var rows = Path.Combine(files.FolderOf(id, version.Folder), VersionReader.SamplesFile);
            scope.Writer.Add(ArchiveFormat.Dataset(id, $"versions/{version.Number}.jsonl"), rows);
        }
    }
}
