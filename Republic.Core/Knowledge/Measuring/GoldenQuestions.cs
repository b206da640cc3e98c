using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>The golden questions of a collection: listed, written, changed and taken away by its owner.</summary>
public sealed class GoldenQuestions(IDbContextFactory<RepublicDb> databases, RetrievalMeasure measure, TimeProvider time)
{
    public const int Most = 300;
    public const int MaxText = 1000;
    public const int MaxAnswer = 4000;
    private const int ShownPlace = 400;

    public async Task<Outcome<IReadOnlyList<QuestionCard>>> ListAsync(Guid owner, Guid collection, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        var rows = await db
            .GoldenQuestions.AsNoTracking()
            .OwnedBy(owner)
            .Where(q => q.CollectionId == collection)
            .OrderBy(q => q.CreatedAt)
            .ThenBy(q => q.Id)
            .Select(q => new
            {
                Question = q,
                Document = db.Documents.Where(d => d.Id == q.DocumentId).Select(d => d.Name).First(),
                Place = db.Set<DocumentText>()
                    .Where(t => t.DocumentId == q.DocumentId)
                    .Select(t => t.Text.Substring(q.Start, ShownPlace))
                    .FirstOrDefault(),
                Passage = db
                    .Passages.Where(p => p.DocumentId == q.DocumentId && p.Start < q.Start + q.Length && q.Start < p.Start + p.Length)
                    .OrderByDescending(p => Math.Min(p.Start + p.Length, q.Start + q.Length) - Math.Max(p.Start, q.Start))
                    .Select(p => (Guid?)p.Id)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return rows.ConvertAll(row => new QuestionCard(
            row.Question.Id,
            row.Question.Text,
            row.Question.Answer,
            row.Question.DocumentId,
            row.Document,
            row.Question.Start,
            row.Question.Length,
            row.Passage,
            row.Question.DraftedBy,
            row.Question.CreatedAt,
            row.Question.UpdatedAt
        )
        {
            Place = Shown(row.Place ?? "", row.Question.Length),
        });
    }

    public async Task<Outcome<Guid>> AddAsync(Guid owner, Guid collection, QuestionInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        if (string.IsNullOrWhiteSpace(input.Text))
        {
            return Failure.Invalid("text", "Write the question.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, collection, AdvisoryLocks.Additions, ct);
        if (await db.GoldenQuestions.CountAsync(q => q.CollectionId == collection, ct) >= Most)
        {
            return Failure.Conflict($"There are {Most} questions already, and every change asks them all. Take some away first.");
        }

        var place = input.PassageId is null
            ? Failure.Invalid("passage_id", "Choose the passage that answers it.")
            : await PlaceAsync(db, owner, collection, input, ct);
        if ((Check(input) ?? (place.Ok ? null : place.Failure)) is { } wrong)
        {
            return wrong;
        }

        var now = time.GetUtcNow();
        var question = new GoldenQuestion
        {
            OwnerId = owner,
            CollectionId = collection,
            Text = Clean(input.Text),
            Answer = AnswerOf(input.Answer),
            DocumentId = place.Value!.DocumentId,
            Start = place.Value.Start,
            Length = place.Value.Length,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(question);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await measure.AfterChangeAsync(owner, collection, MeasureCause.Added(question.Id));
        return question.Id;
    }

    public async Task<Outcome<Guid>> UpdateAsync(Guid owner, Guid collection, Guid id, QuestionInput input, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            await db.GoldenQuestions.OwnedBy(owner).SingleOrDefaultAsync(q => q.Id == id && q.CollectionId == collection, ct)
            is not { } question
        )
        {
            return Failure.NotFound("question");
        }

        if (Check(input) is { } wrong)
        {
            return wrong;
        }

        if (input.PassageId is not null)
        {
            var place = await PlaceAsync(db, owner, collection, input, ct);
            if (!place.Ok)
            {
                return place.Failure;
            }

            (question.DocumentId, question.Start, question.Length) = (place.Value.DocumentId, place.Value.Start, place.Value.Length);
        }

        question.Text = string.IsNullOrWhiteSpace(input.Text) ? question.Text : Clean(input.Text);
        question.Answer = input.Answer is null ? question.Answer : AnswerOf(input.Answer);
        question.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await measure.AfterChangeAsync(owner, collection, MeasureCause.Changed(id));
        return id;
    }

    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid collection, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var deleted = await db.GoldenQuestions.OwnedBy(owner).Where(q => q.Id == id && q.CollectionId == collection).ExecuteDeleteAsync(ct);
        if (deleted == 0)
        {
            return Failure.NotFound("question");
        }

        await measure.AfterChangeAsync(owner, collection, MeasureCause.TakenAway(id));
        return id;
    }

    private static async Task<Outcome<Passage>> PlaceAsync(
        RepublicDb db,
        Guid owner,
        Guid collection,
        QuestionInput input,
        CancellationToken ct
    ) =>
        await db
            .Passages.AsNoTracking()
            .OwnedBy(owner)
            .SingleOrDefaultAsync(p => p.Id == input.PassageId && p.CollectionId == collection, ct)
            is { } passage
            ? passage
            : Failure.Invalid("passage_id", "There is no such passage in this collection any more. Choose another.");

    private static Failure? Check(QuestionInput input) =>
        input.Text?.Trim().Length > MaxText ? Failure.Invalid("text", $"A question has at most {MaxText:n0} characters.")
        : input.Answer?.Trim().Length > MaxAnswer ? Failure.Invalid("answer", $"An answer has at most {MaxAnswer:n0} characters.")
        : null;

    private static string? AnswerOf(string? answer) => string.IsNullOrWhiteSpace(answer) ? null : Clean(answer);

    // PostgreSQL takes no text with a NUL.
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim();

    private static string Shown(string text, int length)
    {
        var shown = text.Length > length ? text[..length] : text;
        return shown.Length < length ? $"{shown.TrimEnd()} …" : shown;
    }
}
