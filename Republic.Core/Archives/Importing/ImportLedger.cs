using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Archives.Importing;

/// <summary>
/// Adds things and counts them. Before some are added it is written down which are tried, so that a start which follows one that was killed
/// counts what that one had added, and adds what it had not.
/// </summary>
internal sealed class ImportLedger(JobFence fence, JobRun run, ImportProgress begun)
{
    private const int AtOnce = 20;
    private const int MaxName = 100;
    private const int MaxMessage = 500;

    private readonly ImportProgress begun = begun;
    private readonly Dictionary<string, int> imported = new(begun.Imported, StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> skipped = begun.Skipped.ToDictionary(
        kind => kind.Key,
        kind => new Dictionary<string, int>(kind.Value, StringComparer.Ordinal),
        StringComparer.Ordinal
    );
    private readonly List<ImportNote> notes = [.. begun.Notes];
    private int more = begun.MoreNotes;

    /// <summary>All that was counted so far.</summary>
    public ImportProgress Progress =>
        new()
        {
            Imported = new Dictionary<string, int>(imported, StringComparer.Ordinal),
            Skipped = skipped.ToDictionary(
                kind => kind.Key,
                kind => (IReadOnlyDictionary<string, int>)new Dictionary<string, int>(kind.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            Notes = [.. notes],
            MoreNotes = more,
        };

    public void Note(ImportNote note)
    {
        if (notes.Count < ImportProgress.MostNotes)
        {
            notes.Add(note with { Name = ArchiveText.Plain(note.Name, MaxName), Message = ArchiveText.Plain(note.Message, MaxMessage) });
        }
        else
        {
            more++;
        }
    }

    /// <param name="report">How many things of the kind are done.</param>
    public async Task AddAsync(IImportPart part, ImportScope scope, Action<int> report, CancellationToken ct)
    {
        var from = begun.Kind == part.Kind ? begun.Position : 0;
        var position = 0;
        var some = new List<ImportItem>(AtOnce);
        await foreach (var item in part.ItemsAsync(scope, ct))
        {
            if (position++ < from)
            {
                continue;
            }

            some.Add(item);
            if (some.Count == AtOnce)
            {
                await AddAsync(part, scope, some, position - some.Count, ct);
                some.Clear();
                report(position);
            }
        }

        await AddAsync(part, scope, some, position - some.Count, ct);
    }

    private async Task AddAsync(IImportPart part, ImportScope scope, List<ImportItem> items, int position, CancellationToken ct)
    {
        var tried = begun.Kind == part.Kind && begun.Position == position ? begun.Trying : [];
        var here = await part.ExistingAsync(scope, items.ConvertAll(item => scope.IdOf(item.Original)), ct);
        var before = here.Except(tried).ToHashSet();
        List<Guid> trying = [.. items.Select(item => scope.IdOf(item.Original)).Where(id => !before.Contains(id))];
        await SaveAsync(Progress with { Kind = part.Kind, Position = position, Trying = trying }, ct);
        foreach (var item in items)
        {
            ct.ThrowIfCancellationRequested();
            var skip = before.Contains(scope.IdOf(item.Original))
                ? new ImportSkip(ImportReasons.AlreadyImported, "It was imported before.")
                : await TryAsync(item, ct);
            Count(part.Kind, item, skip);
        }
    }

    /// <summary>What the database refuses keeps nothing else out.</summary>
    private static async Task<ImportSkip?> TryAsync(ImportItem item, CancellationToken ct)
    {
        try
        {
            return await item.AddAsync(ct);
        }
        catch (Exception error) when (error is DbUpdateException or PostgresException && !DatabaseFaults.IsTransient(error))
        {
            return new ImportSkip(ImportReasons.Invalid, "It holds something that cannot be kept here.");
        }
    }

    private void Count(string kind, ImportItem item, ImportSkip? skip)
    {
        if (skip is null)
        {
            imported[kind] = imported.GetValueOrDefault(kind) + 1;
            return;
        }

        if (!skipped.TryGetValue(kind, out var reasons))
        {
            skipped[kind] = reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        }

        reasons[skip.Reason] = reasons.GetValueOrDefault(skip.Reason) + 1;
        // That is said by the count; each by its name would fill the list.
        if (skip.Reason != ImportReasons.AlreadyImported)
        {
            var name = skip.Name ?? item.Name;
            Note(
                new ImportNote(kind, name, item.Original == Guid.Empty ? null : item.Original, skip.Reason, skip.Message, WasAdded: false)
            );
        }
    }

    private Task SaveAsync(ImportProgress progress, CancellationToken ct) =>
        fence.WriteAsync(
            run,
            async (db, end) =>
            {
                await db
                    .AccountImports.Where(i => i.Id == run.Job.Subject)
                    .ExecuteUpdateAsync(set => set.SetProperty(i => i.Progress, progress), end);
                await JobFence.ForgiveAsync(db, run, end);
            },
            ct
        );
}
