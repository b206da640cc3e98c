using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;
using Republic.Core.Training;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Minions as cards, with their versions and weights. Keys and addresses stay out. One that was deleted is there for its chats.</summary>
internal sealed class MinionExport(TrainingFiles files) : IExportPart
{
    public string Kind => ArchiveKinds.Minions;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var chats = db.Participants.Where(p => db.Conversations.Any(c => c.Id == p.ConversationId && c.OwnerId == scope.Person));
        var ids = await db
            .Minions.OwnedBy(scope.Person)
            .Where(m => m.DeletedAt == null || chats.Any(p => p.CitizenId == m.Id))
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(ct);
        foreach (var id in ids)
        {
            await WriteAsync(scope, id, ct);
        }

        return ids.Count;
    }

    private async Task WriteAsync(ExportScope scope, Guid id, CancellationToken ct)
    {
        var db = scope.Db;
        var minion = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == id, ct);
        var avatar = await db
            .AvatarImages.Where(image => image.Id == minion.Citizen.AvatarImageId)
            .Select(image => image.Png)
            .SingleOrDefaultAsync(ct);
        var versions = await VersionsAsync(db, id, ct);
        await scope.Writer.WriteJsonAsync(ArchiveFormat.Minion(id, "card.json"), CharacterCard.Of(minion), ct);
        await scope.Writer.WriteJsonAsync(
            ArchiveFormat.Minion(id, "minion.json"),
            (await RecordAsync(db, minion, ct)) with
            {
                HasAvatar = avatar is not null,
                Versions = versions,
            },
            ct
        );
        if (avatar is not null)
        {
            await scope.Writer.WriteAsync(ArchiveFormat.Minion(id, "avatar.png"), stream => stream.WriteAsync(avatar, ct).AsTask(), ct);
        }

        var adapters = versions.SelectMany(v => new[] { v.Adapter, v.StyleAdapter }).OfType<string>().Distinct(StringComparer.Ordinal);
        foreach (var adapter in adapters)
        {
            scope.Writer.Add(ArchiveFormat.Adapter(id, adapter), files.AdapterPath(adapter));
        }
    }

    private static async Task<ArchivedMinion> RecordAsync(RepublicDb db, Minion minion, CancellationToken ct)
    {
        var answers = db.Messages.Where(m => m.AuthorId == minion.Id && m.Imported == null);
        return new ArchivedMinion(minion.Id, minion.Citizen.DisplayName)
        {
            Provider = minion.Provider,
            IsDeleted = minion.DeletedAt is not null,
            IsFavorite = minion.IsFavorite,
            IsActive = minion.Citizen.IsActive,
            Metadata = minion.Metadata,
            Fallbacks = minion.Fallbacks.ConvertAll(fallback => new ArchivedModel(fallback.Provider, fallback.ModelId)),
            Citizen = await db.CitizenRecordAsync(minion.Id, ct),
            Pipeline = minion.Pipeline,
            Collections = await db
                .CollectionLinks.Where(link => link.MinionId == minion.Id && link.Version == null)
                .Select(link => new ArchivedLink(link.CollectionId, link.AnswersOutside))
                .ToListAsync(ct),
            Figures = new ArchivedFigures(
                minion.Experience,
                minion.Version,
                minion.TotalQueries,
                minion.SuccessfulQueries,
                await db.MessageFeedback.CountAsync(f => f.Score != null && answers.Any(m => m.Id == f.MessageId), ct)
            ),
        };
    }

    private static async Task<List<ArchivedVersion>> VersionsAsync(RepublicDb db, Guid minion, CancellationToken ct)
    {
        var rows = await db
            .MinionVersions.AsNoTracking()
            .Where(v => v.MinionId == minion)
            .OrderBy(v => v.Number)
            .LeftJoin(db.TrainingJobs, v => v.TrainingJobId, run => (Guid?)run.Id, (v, run) => new { Version = v, Run = run })
            .ToListAsync(ct);
        return rows.ConvertAll(row =>
            RecordOf(row.Version) with
            {
                Verdict = row.Run?.Report?.Verdict.ToString() ?? row.Version.Imported?.Verdict,
                RunName = row.Run?.Name ?? row.Version.Imported?.RunName,
            }
        );
    }

    private static ArchivedVersion RecordOf(MinionVersion version) =>
        new(version.Id, version.Number, version.Provider, version.ModelId)
        {
            FromVersion = version.FromVersion,
            DatasetIds = version.DatasetIds,
            SystemPrompt = version.SystemPrompt,
            LoraEnabled = version.LoraEnabled,
            LoraConfig = version.LoraConfig,
            EnhancedSystemPrompt = version.EnhancedSystemPrompt,
            TraitConfiguration = version.TraitConfiguration,
            TraitSlotsUsed = version.TraitSlotsUsed,
            TraitPointsSpent = version.TraitPointsSpent,
            Adapter = version.Adapter,
            StyleAdapter = version.StyleAdapter,
            StyleModel = version.StyleModel,
            CollectionIds = version.CollectionIds,
            AdapterSha256 = version.AdapterSha256,
            BaseSha256 = version.BaseSha256,
            CreatedAt = version.CreatedAt,
        };
}
