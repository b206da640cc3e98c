using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;

namespace Republic.Tests.World;

/// <summary>Puts rows of a known size into the database, as chats and runs would have left them.</summary>
public sealed class PlantedUsage(IRepublic republic, Inhabitant person)
{
    public Task<int> AnswerAsync(
        Guid minion,
        DateTimeOffset at,
        string provider,
        int? promptTokens,
        int? completionTokens,
        decimal? cost,
        double ms = 1000,
        int version = 0,
        TurnState state = TurnState.Complete
    ) =>
        republic.QueryAsync(async db =>
        {
            var conversation = new Conversation
            {
                OwnerId = person.Id,
                Title = "Planted",
                CreatedAt = at,
                UpdatedAt = at,
            };
            db.Conversations.Add(conversation);
            await db.SaveChangesAsync();
            db.Messages.Add(
                new Message
                {
                    ConversationId = conversation.Id,
                    AuthorId = minion,
                    Content = "Planted",
                    State = state,
                    CreatedAt = at,
                    UpdatedAt = at,
                    Provider = provider,
                    Model = "planted",
                    MinionVersion = version,
                    PromptTokens = promptTokens,
                    CompletionTokens = completionTokens,
                    Cost = cost,
                    DurationMs = ms,
                }
            );
            await db.SaveChangesAsync();
            var completed = state == TurnState.Complete ? 1 : 0;
            return await db.Database.ExecuteSqlAsync(
                $"""
                insert into answer_days as kept (minion_id, day, provider, answers, completed, outside, outside_completed)
                values ({minion}, ({at} at time zone 'UTC')::date, {provider}, 1, {completed}, 0, 0)
                on conflict (minion_id, day, provider) do update set answers = kept.answers + 1, completed = kept.completed + {completed}
                """
            );
        });

    /// <param name="calls">Key, and tokens in and out.</param>
    public Task<Guid> RunAsync(
        Guid minion,
        DateTimeOffset at,
        string provider,
        JobStatus ended,
        TrainingReport? report = null,
        params IReadOnlyList<(string Key, int In, int Out)> calls
    ) =>
        republic.QueryAsync(async db =>
        {
            var run = Guid.CreateVersion7();
            var work = new Job
            {
                OwnerId = person.Id,
                Kind = "training",
                Subject = run,
                Status = ended,
                CreatedAt = at,
                StartedAt = at,
                FinishedAt = at,
            };
            db.Jobs.Add(work);
            db.TrainingJobs.Add(Job(run, work, minion, provider, report));
            await db.SaveChangesAsync();
            db.TrainingSteps.Add(
                new TrainingStep
                {
                    TrainingJobId = run,
                    Index = 0,
                    Seconds = 30,
                }
            );
            db.TrainingCalls.AddRange(calls.Select(call => Call(run, at, call)));
            await db.SaveChangesAsync();
            return run;
        });

    private static TrainingJob Job(Guid run, Job work, Guid minion, string provider, TrainingReport? report) =>
        new()
        {
            Id = run,
            OwnerId = work.OwnerId,
            MinionId = minion,
            Name = "Planted run",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = provider,
            ModelName = "planted",
            Config = new TrainingConfig(),
            DatasetIds = [],
            WorkId = work.Id,
            Report = report,
            CreatedAt = work.CreatedAt,
            UpdatedAt = work.CreatedAt,
        };

    private static TrainingCall Call(Guid run, DateTimeOffset at, (string Key, int In, int Out) call) =>
        new()
        {
            TrainingJobId = run,
            Key = call.Key,
            Attempt = 1,
            StartedAt = at,
            CompletedAt = at,
            Answer =
                $$"""{"text": "x", "seconds": 1, "prompt_tokens": {{call.In}}, "completion_tokens": {{call.Out}}, "model": "planted"}""",
        };

    public static TrainingReport Report(int version, decimal xp, double? before = null, double? after = null) =>
        new()
        {
            GradedBy = before is null ? "held_out_loss" : "judge",
            Verdict = GateVerdict.Better,
            Conclusion = "Planted.",
            BeforeQuality = before,
            AfterQuality = after,
            ValidationLossBefore = 2.5,
            ValidationLossAfter = 1.25,
            BeforeSpeed = 0.5,
            AfterSpeed = 0.25,
            XpGained = xp,
            Version = version,
            Promoted = true,
            DurationSeconds = 30,
        };
}
