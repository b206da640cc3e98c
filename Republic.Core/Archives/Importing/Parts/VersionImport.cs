using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Versions;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// The versions of a minion, none of which was judged here. The one that was in use is put in as a person would choose it: where its weights,
/// if it has any, can be used.
/// </summary>
internal sealed class VersionImport(WeightsImport weights, TimeProvider time)
{
    private const int MostVersions = 1000;
    private const int HashLength = 64;

    public async Task AddAsync(ImportScope scope, Guid minion, ArchivedMinion from, CancellationToken ct)
    {
        var versions = from.Versions.OfType<ArchivedVersion>().DistinctBy(v => v.Number).OrderBy(v => v.Number).Take(MostVersions).ToList();
        foreach (var version in versions)
        {
            if (await AddAsync(scope, minion, from, version, ct) is { } skip)
            {
                var message = $"Version {version.Number} was not imported. {skip.Message}";
                scope.Note(ArchiveKinds.Minions, from.DisplayName, minion, skip.Reason, message);
            }
        }

        if (from.Figures?.Version is { } live and > 0 && !from.IsDeleted && versions.Exists(v => v.Number == live))
        {
            var chosen = await scope.WithAsync(
                (MinionVersions editor, RepublicDb _) => editor.ChooseAsync(scope.Person, scope.IdOf(minion), live, ct)
            );
            if (chosen.Failure is { } failure)
            {
                var message = $"Version {live} was in use and is not in use here. {failure.Message}";
                scope.Note(ArchiveKinds.Minions, from.DisplayName, minion, ImportReasons.NotInUse, message);
            }
        }
    }

    private async Task<ImportSkip?> AddAsync(
        ImportScope scope,
        Guid minion,
        ArchivedMinion from,
        ArchivedVersion version,
        CancellationToken ct
    )
    {
        var id = scope.IdOf(minion);
        if (await scope.WithDbAsync(db => db.MinionVersions.AnyAsync(v => v.MinionId == id && v.Number == version.Number, ct)))
        {
            return null;
        }

        if (Problem(version) is { } problem)
        {
            return new ImportSkip(ImportReasons.Invalid, problem);
        }

        var kept = await weights.AddAsync(scope, minion, from, version, ct);
        if (!kept.Ok)
        {
            return ImportSkip.Of(kept.Failure);
        }

        var row = await scope.WithDbAsync(async db =>
        {
            var added = await RowAsync(scope, db, id, version, kept.Value, from.Figures?.Version == version.Number, ct);
            db.MinionVersions.Add(added);
            await db.SaveChangesAsync(ct);
            return added;
        });
        var dropped = version.DatasetIds.Count + version.CollectionIds.Count - row.DatasetIds.Count - row.CollectionIds.Count;
        if (dropped > 0)
        {
            var message =
                $"{Counted.Of(dropped, "dataset or collection", "datasets and collections")} of version {version.Number} did not come along.";
            scope.Note(ArchiveKinds.Minions, from.DisplayName, minion, ImportReasons.ReferenceDropped, message);
        }

        return null;
    }

    private async Task<MinionVersion> RowAsync(
        ImportScope scope,
        RepublicDb db,
        Guid minion,
        ArchivedVersion version,
        ImportedWeights kept,
        bool wasInUse,
        CancellationToken ct
    )
    {
        var now = time.GetUtcNow();
        List<Guid> datasets = [.. version.DatasetIds.Select(id => scope.IdOf(id))];
        List<Guid> collections = [.. version.CollectionIds.Select(id => scope.IdOf(id))];
        return new MinionVersion
        {
            MinionId = minion,
            Number = version.Number,
            FromVersion = version.FromVersion,
            DatasetIds = await db.Datasets.OwnedBy(scope.Person).Where(d => datasets.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct),
            Provider = version.Provider,
            ModelId = version.ModelId,
            SystemPrompt = version.SystemPrompt,
            LoraEnabled = version.LoraEnabled,
            LoraConfig = version.LoraConfig,
            EnhancedSystemPrompt = version.EnhancedSystemPrompt,
            TraitConfiguration = version.TraitConfiguration,
            TraitSlotsUsed = version.TraitSlotsUsed,
            TraitPointsSpent = version.TraitPointsSpent,
            Adapter = kept.Adapter,
            StyleAdapter = kept.StyleAdapter,
            StyleModel = version.StyleModel,
            CollectionIds = await db
                .Collections.OwnedBy(scope.Person)
                .Where(c => collections.Contains(c.Id))
                .Select(c => c.Id)
                .ToListAsync(ct),
            AdapterSha256 = kept.Sha256,
            BaseSha256 = version.BaseSha256,
            Imported = new ImportedVersion(Text(version.Verdict), Text(version.RunName), wasInUse, now),
            CreatedAt = ArchiveTime.Past(version.CreatedAt, now),
        };
    }

    private static string? Text(string? text) => text is null ? null : ArchiveText.Plain(text, 100);

    /// <summary>What breaks the rules for a minion's own fields; null where nothing does.</summary>
    private static string? Problem(ArchivedVersion version)
    {
        var rules = new FieldRules([]);
        rules.Range("number", "The number", version.Number, 0, 1_000_000);
        rules.Text("provider", "The provider", version.Provider, 64);
        rules.Text("model_id", "The model", version.ModelId, 300);
        rules.Text("style_model", "The model of its style", version.StyleModel, 300);
        rules.Text("system_prompt", "The system prompt", version.SystemPrompt, 50_000, isLine: false);
        rules.Text("enhanced_system_prompt", "The enhanced system prompt", version.EnhancedSystemPrompt, 50_000, isLine: false);
        rules.Json("lora_config", "The LoRA configuration", version.LoraConfig);
        rules.Json("trait_configuration", "The trait configuration", version.TraitConfiguration);
        rules.Range("trait_slots_used", "The number of trait slots", version.TraitSlotsUsed, 0, 1000);
        rules.Range("trait_points_spent", "The number of trait points", version.TraitPointsSpent, 0, 100_000);
        if (version.BaseSha256 is { } sha && (sha.Length != HashLength || !sha.All(char.IsAsciiHexDigitLower)))
        {
            rules.Add("base_sha256", "The hash of its base is none.");
        }

        return rules.Errors.Count == 0 ? null : rules.Errors[0].Message;
    }
}
