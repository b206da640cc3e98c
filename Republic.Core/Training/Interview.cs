using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training;

/// <summary>Asks models on behalf of a run. Each call is journalled before it is made, and an answer that is in the journal is not asked for again.</summary>
internal sealed class Interview(IDbContextFactory<RepublicDb> databases, MinionModel models, VersionAnswers answers, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <returns>The answer; or why there is none, after trying again where that could help.</returns>
    public async Task<Outcome<ModelAnswer>> AskAsync(StepRun run, ModelQuestion question, CancellationToken ct)
    {
        var (known, attempts) = await FindAsync(run.Job.Id, question.Key, ct);
        var kind = question.Key.StartsWith("grade/", StringComparison.Ordinal) ? WorkKind.Grades : WorkKind.Answers;
        if (known is not null)
        {
            run.Did(kind, isNew: false);
            return known;
        }

        for (var tries = 1; ; tries++)
        {
            var asked = await AskOnceAsync(run, question, ++attempts, tries, ct);
            if (asked.Ok)
            {
                run.Did(kind);
            }

            if (asked.Ok || asked.Failure is not { } failure || failure.RetryAfter is not { } pause || tries == Patience.MostTries)
            {
                return asked;
            }

            await run.LogAsync($"{failure.Message} Trying again in {pause.TotalSeconds:0} s.", ct);
            await Task.Delay(pause, time, ct);
        }
    }

    private async Task<(ModelAnswer? Known, int Attempts)> FindAsync(Guid run, string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var calls = await db.TrainingCalls.AsNoTracking().Where(c => c.TrainingJobId == run && c.Key == key).ToListAsync(ct);
        var done = calls.Find(call => call.Answer is not null);
        return (
            done is null ? null : JsonSerializer.Deserialize<ModelAnswer>(done.Answer!, TrainingJson.Options),
            calls.Select(call => call.Attempt).DefaultIfEmpty(0).Max()
        );
    }

    /// <param name="tries">Of this start; an earlier one that was killed is no reason to wait longer.</param>
    private async Task<Outcome<ModelAnswer>> AskOnceAsync(StepRun run, ModelQuestion question, int attempt, int tries, CancellationToken ct)
    {
        var target = await TargetAsync(run.Job, question, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var call = new TrainingCall
        {
            TrainingJobId = run.Job.Id,
            Key = question.Key,
            Attempt = attempt,
            StartedAt = time.GetUtcNow(),
        };
        await run.Journal.WriteAsync((db, token) => AddAsync(db, call, token), ct);
        try
        {
            var (minion, way, options) = target.Value;
            var route = Route(run.Job, question, way with { IdempotencyKey = call.Id });
            var asked = await answers.AskAsync(minion, question, route, options, isPatient: tries == 1, ct);
            if (asked.Value is not { } answer)
            {
                return asked;
            }

            call.CompletedAt = time.GetUtcNow();
            call.Answer = JsonSerializer.Serialize(answer, TrainingJson.Options);
            await run.Journal.WriteAsync((db, token) => SaveAsync(run.Journal, db, call, token), ct);
            return answer;
        }
        catch (ProviderException error)
        {
            var pause = error.RetryAfter ?? Patience.After(tries);
            return Failure.Upstream(error.Message) with
            {
                RetryAfter =
                    !error.IsTransient ? null
                    : pause < LongestPause ? pause
                    : LongestPause,
            };
        }
    }

    private async Task<Outcome<(Minion Minion, ModelTarget Target, ChatOptions Options)>> TargetAsync(
        TrainingJob job,
        ModelQuestion question,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            await db.Minions.Live().OwnedBy(job.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == question.Minion, ct)
            is not { } minion
        )
        {
            return Failure.Conflict("The minion was deleted meanwhile. Restore it, and the run can go on.");
        }

        if (minion.Id == job.MinionId && (minion.Provider, minion.ModelId) != (job.Provider, job.ModelName))
        {
            return Failure.Conflict(
                $"{minion.Citizen.DisplayName} was put on {minion.ModelId}, and this run began with {job.ModelName}: before and after could not be compared. Put it on {job.ModelName} again and the run can go on, or make a new run."
            );
        }

        var (owner, collections) = (job.OwnerId, question.Speaker.Collections);
        if (
            collections.Count > 0
            && await db.Collections.OwnedBy(owner).CountAsync(c => collections.Contains(c.Id), ct) < collections.Count
        )
        {
            return Failure.Conflict(
                $"A collection that {minion.Citizen.DisplayName} answers from in this run was deleted meanwhile: before and after could not be compared. Make a new run."
            );
        }

        var target = await models.TargetAsync(minion, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var options = new ChatOptions
        {
            Instructions = question.Speaker.SystemPrompt,
            Temperature = (float)(question.Settings.Temperature ?? minion.Temperature),
            TopP = (float)(question.Settings.TopP ?? minion.TopP),
            MaxOutputTokens = question.Settings.MaxTokens ?? minion.MaxTokens,
            Seed = question.Seed,
            ResponseFormat = question.Format,
        };
        return (minion, target.Value with { Adapters = question.Speaker.Adapter is { } own ? [new ModelAdapter(own)] : [] }, options);
    }

    private static ModelRoute Route(TrainingJob job, ModelQuestion question, ModelTarget target) =>
        ModelRoute.Direct(target) with
        {
            Owner = job.OwnerId,
            Minion = question.Minion,
            Purpose = CallPurpose.Training,
        };

    private static async Task AddAsync(RepublicDb db, TrainingCall call, CancellationToken ct)
    {
        db.TrainingCalls.Add(call);
        await db.SaveChangesAsync(ct);
    }

    private static async Task SaveAsync(RunJournal journal, RepublicDb db, TrainingCall call, CancellationToken ct)
    {
        await journal.ForgiveAsync(db, ct);
        db.TrainingCalls.Update(call);
        await db.SaveChangesAsync(ct);
    }
}
