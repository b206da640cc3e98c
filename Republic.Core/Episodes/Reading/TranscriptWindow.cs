using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Reading;

/// <summary>Steps of a timeline that follow each other, and the entries that belong to them.</summary>
/// <param name="Earlier">The number of the step from which the window before it is shown; null where nothing was before.</param>
/// <param name="Later">The number of the step from which the window after it is shown; null where it reaches the end.</param>
internal sealed record TranscriptWindow(IReadOnlyList<Step> Steps, IReadOnlyList<EntryData> Entries, long? Earlier, long? Later)
{
    /// <summary>So many steps can be read and drawn at once.</summary>
    public const int Size = 100;

    /// <summary>A hundred steps have a few hundred entries. Of more, which somebody must have added from outside, the last are read.</summary>
    private const int MostEntries = 1000;

    /// <summary>The step that is waited for or worked at, where it follows later; null where it is in the window, or there is none.</summary>
    public Step? Open { get; private init; }

    public IEnumerable<EpisodeEvent.Injected> Injected => Entries.Select(entry => entry.Event).OfType<EpisodeEvent.Injected>();

    public IReadOnlyList<TakenTransition> Transitions =>
        [
            .. Entries.SelectMany(entry =>
                entry
                    .Effects.OfType<EpisodeEffect.Enter>()
                    .Select(enter => new TakenTransition(entry.Event.Seq, enter.From, enter.Index, enter.State))
            ),
        ];

    /// <summary>The whole timeline.</summary>
    public static async Task<TranscriptWindow> AllAsync(RepublicDb db, LoadedEpisode loaded, CancellationToken ct)
    {
        var steps = await StepsOf(db, loaded).OrderBy(step => step.Seq).ToListAsync(ct);
        return new(steps, await EntriesAsync(db, loaded, first: 0, end: long.MaxValue, most: int.MaxValue, ct), null, null);
    }

    /// <summary>Reads the steps that were written or changed after an entry.</summary>
    public static async Task<TranscriptWindow> AfterAsync(RepublicDb db, LoadedEpisode loaded, long after, CancellationToken ct)
    {
        var steps = await StepsOf(db, loaded)
            .Where(step => step.Seq > after || step.DoneSeq == null || step.DoneSeq > after)
            .OrderBy(step => step.Seq)
            .ToListAsync(ct);
        // A number that no entry has yet is the last: what is written meanwhile is not lost.
        var first = Math.Clamp(after, 0, loaded.Timeline.Seq) + 1;
        return new(steps, await EntriesAsync(db, loaded, first, end: long.MaxValue, most: int.MaxValue, ct), null, null);
    }

    /// <param name="from">The number of its first step; null for the last ones.</param>
    public static async Task<TranscriptWindow> ReadAsync(RepublicDb db, LoadedEpisode loaded, long? from, CancellationToken ct)
    {
        var all = StepsOf(db, loaded);
        var first = from ?? await BeforeAsync(all, long.MaxValue, ct) ?? 0;
        var steps = await all.Where(step => step.Seq >= first).OrderBy(step => step.Seq).Take(Size + 1).ToListAsync(ct);
        if (steps.Count == 0 && from is not null)
        {
            return await ReadAsync(db, loaded, from: null, ct);
        }

        var earlier = await BeforeAsync(all, first, ct);
        long? later = steps.Count > Size ? steps[Size].Seq : null;
        var entries = await EntriesAsync(db, loaded, earlier is null ? 0 : first, later ?? long.MaxValue, MostEntries, ct);
        return new([.. steps.Take(Size)], entries, earlier, later) { Open = later is { } end ? await OpenAsync(all, end, ct) : null };
    }

    private static Task<Step?> OpenAsync(IQueryable<Step> steps, long from, CancellationToken ct) =>
        steps
            .Where(step => step.Seq >= from && step.DoneSeq == null)
            .Where(step => step.State == TurnState.Pending || step.State == TurnState.Streaming || step.State == TurnState.Waiting)
            .OrderByDescending(step => step.Seq)
            .FirstOrDefaultAsync(ct);

    /// <summary>The number of the first of the steps that fill a window before a step; null where there is none.</summary>
    private static Task<long?> BeforeAsync(IQueryable<Step> steps, long end, CancellationToken ct) =>
        steps.Where(step => step.Seq < end).OrderByDescending(step => step.Seq).Take(Size).Select(step => (long?)step.Seq).MinAsync(ct);

    private static IQueryable<Step> StepsOf(RepublicDb db, LoadedEpisode loaded) => loaded.Chain.Steps(db).AsNoTracking();

    /// <param name="end">The number of the first entry that does not count.</param>
    /// <returns>The last of them, in their order.</returns>
    private static async Task<List<EntryData>> EntriesAsync(
        RepublicDb db,
        LoadedEpisode loaded,
        long first,
        long end,
        int most,
        CancellationToken ct
    )
    {
        var entries = await loaded
            .Chain.Entries(db)
            .Where(entry => entry.Seq >= first && entry.Seq < end)
            .OrderByDescending(entry => entry.Seq)
            .Take(most)
            .Select(entry => entry.Data)
            .ToListAsync(ct);
        entries.Reverse();
        return entries.ConvertAll(EntryData.Parse);
    }
}
