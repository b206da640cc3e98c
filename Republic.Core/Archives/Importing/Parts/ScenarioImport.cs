using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Versions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>Scenarios out of their texts, as any text is imported, with the versions that were published.</summary>
internal sealed class ScenarioImport(TimeProvider time) : IImportPart
{
    private const string Begin = "scenarios/";
    private const string End = ".json";
    private const int MostVersions = 1000;

    public string Kind => ArchiveKinds.Scenarios;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End))
        {
            yield return ImportItem.InFile<ArchivedScenario>(
                scope,
                id,
                ArchiveFormat.ScenarioMeta(id),
                scenario => scenario.Name,
                (scenario, end) => AddAsync(scope, id, scenario, end)
            );
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Scenarios.Select(s => s.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, Guid original, ArchivedScenario from, CancellationToken ct)
    {
        var id = scope.IdOf(original);
        var versions = await VersionsAsync(scope, original, from, ct);
        if (await TextAsync(scope, ArchiveFormat.Scenario(original), ct) is not { } draft)
        {
            return new ImportSkip(ImportReasons.FileMissing, "Its text is not in the archive.");
        }

        // Where it is there already, an earlier start made it.
        var made = await ImportAsync(scope, draft, id, ct);
        if (!made.Ok && versions.Count > 0)
        {
            var message = $"Its draft has errors, so it begins as its version {versions.Count}. {made.Failure.Message}";
            made = await ImportAsync(scope, versions[^1].Yaml, id, ct);
            if (made.Ok)
            {
                scope.Note(Kind, from.Name, original, ImportReasons.Invalid, message);
            }
        }

        if (!made.Ok)
        {
            return ImportSkip.Of(made.Failure);
        }

        await scope.WithDbAsync(db => PublishAsync(scope, db, id, versions, ct));
        if (from.IsArchived)
        {
            await scope.WithAsync((ScenarioEditor editor, RepublicDb _) => editor.ArchiveAsync(scope.Person, id, isArchived: true, ct));
        }

        return null;
    }

    private static Task<Outcome<Guid>> ImportAsync(ImportScope scope, string yaml, Guid id, CancellationToken ct) =>
        scope.WithAsync((ScenarioEditor editor, RepublicDb _) => editor.ImportAsync(scope.Person, yaml, id, ct));

    /// <summary>Those from the first on that can be played here. Versions have no gaps.</summary>
    private async Task<List<ScenarioVersion>> VersionsAsync(ImportScope scope, Guid original, ArchivedScenario from, CancellationToken ct)
    {
        var versions = new List<ScenarioVersion>();
        var now = time.GetUtcNow();
        foreach (var publishedAt in from.Published.Take(MostVersions))
        {
            var number = versions.Count + 1;
            var text = await TextAsync(scope, ArchiveFormat.ScenarioVersion(original, number), ct);
            var reading = ScenarioYaml.Read(text ?? "");
            if (reading.Definition is not { } definition || ScenarioEditor.Refused(reading.Problems) is not null)
            {
                var message = $"Version {number} and those after it were not imported: it is missing, or has errors here.";
                scope.Note(Kind, from.Name, original, ImportReasons.Invalid, message);
                break;
            }

            var yaml = ScenarioYaml.Write(definition);
            versions.Add(
                new ScenarioVersion
                {
                    ScenarioId = scope.IdOf(original),
                    Number = number,
                    Yaml = yaml,
                    Sha256 = ScenarioVersion.DigestOf(yaml),
                    StateCount = definition.States.Count,
                    TransitionCount = definition.States.Sum(state => state.Next.Count),
                    RoleCount = definition.Roles.Count,
                    CreatedAt = ArchiveTime.Past(publishedAt, now),
                }
            );
        }

        return versions;
    }

    private static async Task<int> PublishAsync(
        ImportScope scope,
        RepublicDb db,
        Guid id,
        List<ScenarioVersion> versions,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (
            versions.Count == 0
            || !await db.LockScenarioAsync(scope.Person, id, ct)
            || await db.ScenarioVersions.AnyAsync(v => v.ScenarioId == id, ct)
        )
        {
            return 0;
        }

        db.ScenarioVersions.AddRange(versions);
        await db.SaveChangesAsync(ct);
        await db.Scenarios.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastVersion, versions.Count), ct);
        await transaction.CommitAsync(ct);
        return versions.Count;
    }

    private static async Task<string?> TextAsync(ImportScope scope, string name, CancellationToken ct) =>
        await scope.Archive.ReadAsync(name, ScenarioYaml.MostBytes, ct) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
