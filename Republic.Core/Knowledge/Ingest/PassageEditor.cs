using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Changes single passages: their text, and where they are cut. Golden questions name places of the text, and stay right.</summary>
public sealed class PassageEditor(RepublicDb db, DocumentJobs jobs, LiveEvents live, TimeProvider time)
{
    public const int MaxText = 20_000;

    public Task<Outcome<Guid>> EditAsync(PassageAddress at, string? text, CancellationToken ct) =>
        ChangeAsync(at, (change, _) => Task.FromResult(Edit(change, (text ?? "").ReplaceLineEndings("\n").Trim())), ct);

    /// <summary>Makes one of it and the next.</summary>
    public Task<Outcome<Guid>> MergeAsync(PassageAddress at, CancellationToken ct) => ChangeAsync(at, MergeAsync, ct);

    /// <summary>Makes two of it.</summary>
    /// <param name="place">In its text, where the second begins.</param>
    public Task<Outcome<Guid>> SplitAsync(PassageAddress at, int place, CancellationToken ct) =>
        ChangeAsync(at, (change, end) => SplitAsync(change, place, end), ct);

    public Task<Outcome<Guid>> DeleteAsync(PassageAddress at, CancellationToken ct) =>
        ChangeAsync(
            at,
            async (change, end) =>
            {
                db.Passages.Remove(change.Passage);
                await db.SaveChangesAsync(end);
                await ShiftAsync(change, -1, end);
                return null;
            },
            ct
        );

    private async Task<Outcome<Guid>> ChangeAsync(
        PassageAddress at,
        Func<Change, CancellationToken, Task<Failure?>> change,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (
            await DocumentLock.TakeAsync(db, at.Owner, at.Document, ct) is not { } document
            || document.CollectionId != at.Collection
            || await db.Passages.SingleOrDefaultAsync(p => p.Id == at.Passage && p.DocumentId == document.Id, ct) is not { } passage
        )
        {
            return Failure.NotFound("passage");
        }

        var work = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == document.JobId, ct);
        if (work is { IsActive: true } && IngestOrder.Of(work.Input).Cuts)
        {
            return Failure.Conflict(
                "This document is being indexed, so its passages may be others in a moment. Wait for it, then try again."
            );
        }

        var next = await db.Passages.SingleOrDefaultAsync(p => p.DocumentId == document.Id && p.Ordinal == passage.Ordinal + 1, ct);
        var text = await db.DocumentTexts.Where(t => t.DocumentId == document.Id).Select(t => t.Text).SingleAsync(ct);
        byte[][] before = next is null ? [passage.Hash] : [passage.Hash, next.Hash];
        if (await change(new Change(document, passage, next, text), ct) is { } wrong)
        {
            return wrong;
        }

        document.Revision++;
        document.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        document.PassageCount = await db.Passages.CountAsync(p => p.DocumentId == document.Id, ct);
        // What it says now has no vector yet. Making one may take a provider's time, and fail, and be tried again: a job of its own.
        var embeds = await db.Collections.AnyAsync(c => c.Id == at.Collection && c.Embedding != null, ct);
        var job = embeds ? jobs.Add(document, new IngestOrder(Cuts: false, MeasureCause.PassagesChanged(document))) : null;
        await db.SaveChangesAsync(ct);
        await HeldVectors.ForgetAsync(db, at.Owner, before, document.Id, ct);
        await transaction.CommitAsync(ct);
        // With vectors to come it is measured when they are there.
        await (
            job is not null
                ? jobs.Control.StartAsync(job)
                : jobs.Measure.AfterChangeAsync(at.Owner, at.Collection, MeasureCause.PassagesChanged(document))
        );
        live.Publish(at.Owner, new LiveEvent("document.changed", document.Id, null));
        return at.Passage;
    }

    private static Failure? Edit(Change change, string text)
    {
        var wrong =
            text.Length == 0 ? "A passage has some text. Delete it instead."
            : text.Length > MaxText ? $"A passage has at most {MaxText} characters. Split it."
            : !IsStorable(text) ? "The text holds a character that cannot be kept: U+0000, or half of one. Remove it."
            : null;
        if (wrong is not null)
        {
            return Failure.Invalid("text", wrong);
        }

        Set(change.Passage, text);
        return null;
    }

    private static bool IsStorable(string text)
    {
        try
        {
            return !text.Contains('\0') && new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text) > 0;
        }
        catch (System.Text.EncoderFallbackException)
        {
            return false;
        }
    }

    private async Task<Failure?> MergeAsync(Change change, CancellationToken ct)
    {
        if (change.Next is not { } next)
        {
            return Failure.Conflict("This is the last passage of the document; there is no next to merge it with.");
        }

        var (first, end) = (change.Passage, next.Start + next.Length);
        // What stands between them in the document, where both are as they were cut; else one below the other.
        var text =
            change.Repeated(first) is not null && change.Repeated(next) is not null
                ? first.Text + change.Text[(first.Start + first.Length)..end]
                : $"{first.Text}\n\n{(change.Repeated(next) is { } repeated ? next.Text[repeated..] : next.Text)}";
        if (text.Length > MaxText)
        {
            return Failure.Conflict($"Together they would have {text.Length} characters; at most {MaxText} are kept of one passage.");
        }

        first.Length = end - first.Start;
        Set(first, text);
        db.Passages.Remove(next);
        await db.SaveChangesAsync(ct);
        await ShiftAsync(change with { Passage = next }, -1, ct);
        return null;
    }

    private async Task<Failure?> SplitAsync(Change change, int place, CancellationToken ct)
    {
        var passage = change.Passage;
        var whole = passage.Text;
        if (place <= 0 || place >= whole.Length || (char.IsLowSurrogate(whole[place]) && char.IsHighSurrogate(whole[place - 1])))
        {
            return Failure.Invalid("at", $"A passage is split inside its text, at 1 to {whole.Length - 1}, and not within a character.");
        }

        var (before, after) = (whole[..place].TrimEnd(), whole[place..].TrimStart());
        var skipped = whole.Length - place - whole[place..].TrimStart().Length;
        var cut = change.PlaceOf(place + skipped);
        if (before.Trim().Length == 0 || after.Length == 0 || cut <= passage.Start || cut >= passage.Start + passage.Length)
        {
            return Failure.Invalid("at", "Both parts need text of their own. What is repeated of the passage before is not enough.");
        }

        await ShiftAsync(change, 1, ct);
        db.Passages.Add(
            new Passage
            {
                OwnerId = passage.OwnerId,
                CollectionId = passage.CollectionId,
                DocumentId = passage.DocumentId,
                Ordinal = passage.Ordinal + 1,
                Start = cut,
                Length = passage.Start + passage.Length - cut,
                Heading = passage.Heading,
                Page = passage.Page,
                Text = after,
                IsEdited = true,
                Hash = Passage.HashOf(passage.Heading, after),
                Bigrams = CjkBigrams.Indexed(passage.Heading, after),
                Language = passage.Language,
            }
        );
        passage.Length = change.Text.AsSpan(passage.Start, cut - passage.Start).TrimEnd().Length;
        Set(passage, before);
        return null;
    }

    private static void Set(Passage passage, string text)
    {
        passage.Text = text;
        passage.Hash = Passage.HashOf(passage.Heading, text);
        passage.Bigrams = CjkBigrams.Indexed(passage.Heading, text);
        passage.IsEdited = true;
    }

    /// <summary>Passages behind it move up or down.</summary>
    private Task<int> ShiftAsync(Change change, int by, CancellationToken ct) =>
        db
            .Passages.Where(p => p.DocumentId == change.Document.Id && p.Ordinal > change.Passage.Ordinal)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Ordinal, p => p.Ordinal + by), ct);

    /// <param name="Text">Of the whole document.</param>
    private sealed record Change(Document Document, Passage Passage, Passage? Next, string Text)
    {
        /// <summary>How much it repeats of the passage before; null where its text is not the document's any more.</summary>
        public int? Repeated(Passage passage) =>
            passage.Text.AsSpan().EndsWith(Text.AsSpan(passage.Start, passage.Length)) ? passage.Text.Length - passage.Length : null;

        /// <summary>Where a place of the passage's text stands in the document; about, where the text was changed.</summary>
        public int PlaceOf(int place)
        {
            if (Repeated(Passage) is { } repeated)
            {
                return Passage.Start + place - repeated;
            }

            var about = Passage.Start + (int)((long)Passage.Length * place / Passage.Text.Length);
            return about > 0 && about < Text.Length && char.IsLowSurrogate(Text[about]) ? about + 1 : about;
        }
    }
}
