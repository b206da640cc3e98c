using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training;

/// <summary>Asks models on behalf of a run. Each call is journalled before it is made, and an answer that is in the journal is not asked for again.</summary>
internal sealed class RunModelClient(
    IDbContextFactory<RepublicDb> databases,
    MinionTargets targets,
    MinionClients minions,
    TimeProvider time
)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <returns>The answer; or why there is none, after trying again where that could help.</returns>
    public async Task<Outcome<ModelAnswer>> AskAsync(StepRun run, ModelQuestion question, CancellationToken ct)
    {
        var journal = await OpenAsync(run, question.Key, ct);
        var kind = question.Key.StartsWith("grade/", StringComparison.Ordinal) ? WorkKind.Grades : WorkKind.Answers;
        if (journal.Answer is { } known)
        {
            run.Did(kind, isNew: false);
            return known;
        }

        for (var tries = 1; ; tries++)
        {
            var asked = await AskOnceAsync(run, question, journal, tries, ct);
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

    private async Task<QuestionJournal> OpenAsync(StepRun run, string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await QuestionJournal.OpenAsync(db, run.Journal, run.Job.Id, key, time, ct);
    }

    /// <param name="tries">Of this start; an earlier one that was killed is no reason to wait longer.</param>
    private async Task<Outcome<ModelAnswer>> AskOnceAsync(
        StepRun run,
        ModelQuestion question,
        QuestionJournal journal,
        int tries,
        CancellationToken ct
    )
    {
        var target = await TargetAsync(run.Job, question, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var (minion, model, options) = target.Value;
        // A stage that fails is tried once more before the answer goes without it.
        var call = Call(run.Job, question, minion, model) with
        {
            NeedsEveryStage = tries == 1,
        };
        try
        {
            using var client = minions.Client(call, journal);
            await client.GetResponseAsync(Turns(question), options, ct);
            return journal.Answer!;
        }
        catch (AnswerException error)
        {
            return error.Failure;
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

    /// <summary>As the version would answer in a chat; what is switched on and off during the run changes nothing of what it compares.</summary>
    private static MinionCall Call(TrainingJob job, ModelQuestion question, Minion minion, ModelTarget target)
    {
        var route = ModelRoute.Direct(target) with { Owner = job.OwnerId, Minion = question.Minion, Purpose = CallPurpose.Training };
        return new MinionCall(minion, route, AnswerAudience.Training)
        {
            // What every run asks is about the minion and not about its documents: a refusal would be all that is measured.
            Pipeline =
                question.Speaker.Pipeline is { } stages && SeedQuestions.Has(question.Text)
                    ? stages with
                    {
                        AnswersWithoutPassages = true,
                    }
                    : question.Speaker.Pipeline,
            Collections = question.Speaker.Collections,
            StyleModel = question.Speaker.StyleModel,
            StyleAdapter = question.Speaker.StyleAdapter,
            ContextLength = minion.ContextLength,
        };
    }

    private static IEnumerable<ChatMessage> Turns(ModelQuestion question) =>
        [.. question.Earlier.Select(turn => new ChatMessage(new ChatRole(turn.Role), turn.Content)), new(ChatRole.User, question.Text)];

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

        var target = await targets.TargetAsync(minion, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var options = new ChatOptions
        {
            Instructions = question.Speaker.SystemPrompt,
            Temperature = (float?)(question.Settings.Temperature ?? minion.Temperature),
            TopP = (float?)(question.Settings.TopP ?? minion.TopP),
            MaxOutputTokens = question.Settings.MaxTokens ?? minion.MaxTokens,
            Seed = question.Seed,
            ResponseFormat = question.Format,
        };
        return (minion, target.Value with { Adapters = question.Speaker.Adapter is { } own ? [new ModelAdapter(own)] : [] }, options);
    }
}
