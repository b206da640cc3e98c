using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Data;

namespace Republic.Core.Training.Journal;

/// <summary>The calls of one question of a run, attempt by attempt.</summary>
internal sealed class QuestionJournal : ICallJournal
{
    private readonly RunJournal journal;
    private readonly Guid run;
    private readonly string key;
    private readonly TimeProvider time;
    private TrainingCall? call;
    private int attempts;

    private QuestionJournal(RunJournal journal, Guid run, string key, TimeProvider time) =>
        (this.journal, this.run, this.key, this.time) = (journal, run, key, time);

    /// <summary>The answer to the question, of this start of the run or an earlier one; null while there is none.</summary>
    public ModelAnswer? Answer { get; private set; }

    /// <summary>Reads what is known of the question.</summary>
    public static async Task<QuestionJournal> OpenAsync(
        RepublicDb db,
        RunJournal journal,
        Guid run,
        string key,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var calls = await db.TrainingCalls.AsNoTracking().Where(c => c.TrainingJobId == run && c.Key == key).ToListAsync(ct);
        var done = calls.Find(call => call.Answer is not null)?.Answer;
        return new QuestionJournal(journal, run, key, time)
        {
            Answer = done is null ? null : JsonSerializer.Deserialize<ModelAnswer>(done, TrainingJson.Options),
            attempts = calls.Select(call => call.Attempt).DefaultIfEmpty(0).Max(),
        };
    }

    public async Task<Guid> BeginAsync(CancellationToken ct)
    {
        call = new TrainingCall
        {
            TrainingJobId = run,
            Key = key,
            Attempt = ++attempts,
            StartedAt = time.GetUtcNow(),
        };
        await journal.WriteAsync(
            async (db, token) =>
            {
                db.TrainingCalls.Add(call);
                await db.SaveChangesAsync(token);
            },
            ct
        );
        return call.Id;
    }

    public async Task EndAsync(ChatResponse answer, AnswerReceipt receipt, CancellationToken ct)
    {
        Answer = ModelAnswer.Of(answer, receipt);
        call!.CompletedAt = time.GetUtcNow();
        call.Answer = JsonSerializer.Serialize(Answer, TrainingJson.Options);
        await journal.WriteAsync(
            async (db, token) =>
            {
                await journal.ForgiveAsync(db, token);
                db.TrainingCalls.Update(call);
                await db.SaveChangesAsync(token);
            },
            ct
        );
    }
}
