using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Links;
using Republic.Core.Archives.Records;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Minions out of their cards, as any card is imported, with their versions. One begins at level 1: what it had earned is shown, and counts
/// nowhere.
/// </summary>
internal sealed class MinionImport(ProviderCatalog catalog, MinionKnowledge knowledge, VersionImport versions, TimeProvider time)
    : IImportPart
{
    private const string Begin = "minions/";
    private const string End = "/minion.json";
    private const int MostCapabilities = 50;
    private const decimal MostExperience = 9_999_999_999;
    private const int MostCounted = 1_000_000_000;

    public string Kind => ArchiveKinds.Minions;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End).Where(scope.Selection.Has))
        {
            yield return ImportItem.InFile<ArchivedMinion>(
                scope,
                id,
                ArchiveFormat.Minion(id, "minion.json"),
                minion => minion.DisplayName,
                (minion, end) => AddAsync(scope, id, minion, end)
            );
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Minions.Select(m => m.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, Guid original, ArchivedMinion from, CancellationToken ct)
    {
        var id = scope.IdOf(original);
        var isThere = await scope.WithDbAsync(db => db.Minions.OwnedBy(scope.Person).AnyAsync(m => m.Id == id, ct));
        if (!isThere && await CreateAsync(scope, original, from, ct) is { } skip)
        {
            return skip;
        }

        var figures = FiguresOf(from);
        await scope.WithDbAsync(db =>
            db.Minions.OwnedBy(scope.Person)
                .Where(m => m.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ImportedFigures, figures), ct)
        );
        if (from.Citizen is { } citizen && (await CitizenFields.AddAsync(scope, id, citizen, ct)).Failure is { } refused)
        {
            scope.Note(Kind, from.DisplayName, original, ImportReasons.Of(refused), refused.Message);
        }

        await LinkAsync(scope, original, from, ct);
        await versions.AddAsync(scope, original, from, ct);
        await SwitchAsync(scope, original, from, ct);
        if (from.IsDeleted)
        {
            await scope.WithAsync((MinionEditor editor, RepublicDb _) => editor.DeleteAsync(scope.Person, id, ct));
        }

        return null;
    }

    private async Task<ImportSkip?> CreateAsync(ImportScope scope, Guid original, ArchivedMinion from, CancellationToken ct)
    {
        var card = await scope.Archive.ReadJsonAsync<JsonElement>(ArchiveFormat.Minion(original, "card.json"), ct);
        var read = card.Ok ? CharacterCard.Read(card.Value, catalog) : card.Failure;
        if (!read.Ok)
        {
            return ImportSkip.Of(read.Failure);
        }

        var input = Completed(read.Value, from);
        if (from.Fallbacks.Count - input.Fallbacks!.Count is > 0 and var dropped)
        {
            var message = $"{Counted.Of(dropped, "fallback")} of it {Counted.Are(dropped)} not here, or only with an address.";
            scope.Note(Kind, from.DisplayName, original, ImportReasons.ReferenceDropped, message);
        }

        if (from.Provider is { } provider && provider != input.Provider)
        {
            var message = $"It was on {provider.AtMost(50)}, which is not here or needs an address. It is on {input.ModelId} now.";
            scope.Note(Kind, from.DisplayName, original, ImportReasons.ModelReplaced, message);
        }

        var made = await scope.WithAsync(
            async (MinionEditor editor, RepublicDb db) =>
            {
                input.Name = await editor.FreeNameAsync(scope.Person, input.Name ?? input.DisplayName!, ct);
                input.AvatarUrl = await PictureAsync(scope, db, original, from, ct);
                return await editor.CreateAsync(scope.Person, input, scope.IdOf(original), ct);
            }
        );
        return made.Ok ? null : ImportSkip.Of(made.Failure);
    }

    /// <summary>With what no card has, and as it was before its first training: its versions are put in afterwards.</summary>
    private MinionInput Completed(MinionInput input, ArchivedMinion from)
    {
        var first = from.Versions.FirstOrDefault(version => version is { Number: 0 });
        var isTrained = from.Versions.Count > 0;
        return input with
        {
            Metadata = from.Metadata ?? input.Metadata,
            IsFavorite = from.IsFavorite,
            IsActive = from.IsActive,
            Fallbacks =
            [
                .. from
                    .Fallbacks.OfType<ArchivedModel>()
                    .Where(model => catalog.Find(model.Provider) is { BaseUrl: not null })
                    .Select(model => new MinionFallback(model.Provider, model.ModelId)),
            ],
            EnhancedSystemPrompt = isTrained ? first?.EnhancedSystemPrompt : input.EnhancedSystemPrompt,
            TraitConfiguration = isTrained ? first?.TraitConfiguration : input.TraitConfiguration,
        };
    }

    /// <summary>The address of its picture, which joins what is saved next; null where there is none that can be read.</summary>
    private async Task<string?> PictureAsync(ImportScope scope, RepublicDb db, Guid original, ArchivedMinion from, CancellationToken ct)
    {
        if (!from.HasAvatar || scope.Archive.Open(ArchiveFormat.Minion(original, "avatar.png")) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            var added = await new AvatarUpload(db, time).AddAsync(scope.Person, stream, ct);
            if (added.Failure is { } failure)
            {
                scope.Note(
                    Kind,
                    from.DisplayName,
                    original,
                    ImportReasons.Of(failure),
                    $"It is here without its picture. {failure.Message}"
                );
            }

            return AvatarImage.UrlOf(added.Value?.Id);
        }
    }

    /// <summary>To those of its collections that came along. What outside clients are told, the person says anew.</summary>
    private async Task LinkAsync(ImportScope scope, Guid original, ArchivedMinion from, CancellationToken ct)
    {
        var wanted = from.Collections.OfType<ArchivedLink>().Select(link => scope.IdOf(link.CollectionId)).Distinct().ToList();
        var there = await scope.WithDbAsync(db =>
            db.Collections.OwnedBy(scope.Person).Where(c => wanted.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)
        );
        if (there.Count < wanted.Count)
        {
            var message = $"{Counted.Of(wanted.Count - there.Count, "collection")} that it answered from did not come along.";
            scope.Note(Kind, from.DisplayName, original, ImportReasons.ReferenceDropped, message);
        }

        if (there.Count > 0)
        {
            await knowledge.SaveAsync(
                scope.Person,
                scope.IdOf(original),
                new KnowledgeInput(there.ConvertAll(id => new LinkInput(id))),
                ct
            );
        }
    }

    /// <summary>The stages of its answers, once its versions are there: some need weights. Somebody must be left who answers.</summary>
    private async Task SwitchAsync(ImportScope scope, Guid original, ArchivedMinion from, CancellationToken ct)
    {
        if (from.Pipeline is not { } was)
        {
            return;
        }

        var stages = new StagesInput(was.Style, was.Knowledge, was.Generation, was.AnswersWithoutPassages, was.Help);
        var switched = await knowledge.SaveAsync(scope.Person, scope.IdOf(original), new KnowledgeInput(Stages: stages), ct);
        if (switched.Failure is { } failure)
        {
            var message = $"The stages of its answers are those of a new minion. {failure.Message}";
            scope.Note(Kind, from.DisplayName, original, ImportReasons.Of(failure), message);
        }
    }

    private ImportedFigures? FiguresOf(ArchivedMinion from) =>
        from.Figures is not { } earned
            ? null
            : new ImportedFigures(
                Math.Clamp(earned.Experience, 0, MostExperience),
                Math.Max(0, earned.Version),
                Math.Clamp(earned.TotalQueries, 0, MostCounted),
                Math.Clamp(earned.SuccessfulQueries, 0, MostCounted),
                Math.Clamp(earned.Rated, 0, MostCounted),
                time.GetUtcNow()
            )
            {
                Capabilities =
                [
                    .. (from.Citizen?.Capabilities ?? [])
                        .OfType<ArchivedCapability>()
                        .Take(MostCapabilities)
                        .Select(c => new ImportedCapability(
                            ArchiveText.Plain(c.Name, Capability.MaxName),
                            Math.Clamp(c.SuccessCount, 0, MostCounted),
                            Math.Clamp(c.FailureCount, 0, MostCounted),
                            Math.Clamp(c.FeedbackSum, 0, MostCounted),
                            Math.Clamp(c.FeedbackCount, 0, MostCounted)
                        )),
                ],
            };
}
