using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Scenarios as YAML: the draft, and each version as it was published.</summary>
internal sealed class ScenarioExport : IExportPart
{
    public string Kind => ArchiveKinds.Scenarios;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var ids = await scope.Db.Scenarios.OwnedBy(scope.Person).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            await WriteAsync(scope, id, ct);
        }

        return ids.Count;
    }

    private static async Task WriteAsync(ExportScope scope, Guid id, CancellationToken ct)
    {
        var scenario = await scope.Db.Scenarios.AsNoTracking().WithDraft().SingleAsync(s => s.Id == id, ct);
        var versions = await scope.Db.ScenarioVersions.AsNoTracking().Where(v => v.ScenarioId == id).OrderBy(v => v.Number).ToListAsync(ct);
        var record = new ArchivedScenario(id, scenario.Name)
        {
            IsArchived = scenario.ArchivedAt is not null,
            Published = versions.ConvertAll(version => version.CreatedAt),
        };
        await scope.Writer.WriteJsonAsync(ArchiveFormat.ScenarioMeta(id), record, ct);
        await WriteAsync(scope, ArchiveFormat.Scenario(id), ScenarioYaml.Write(DraftDefinition.Of(scenario)), ct);
        foreach (var version in versions)
        {
            await WriteAsync(scope, ArchiveFormat.ScenarioVersion(id, version.Number), version.Yaml, ct);
        }
    }

    private static Task WriteAsync(ExportScope scope, string name, string yaml, CancellationToken ct) =>
        scope.Writer.WriteAsync(name, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(yaml), ct).AsTask(), ct);
}
