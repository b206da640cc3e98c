using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Measuring;

namespace Republic.Core.Training;

/// <summary>Has a version of a minion answer as it would in a chat: through its style and its collections.</summary>
internal sealed class VersionAnswers(AnswerPipeline pipeline, ModelRouter router, TimeProvider time)
{
    /// <param name="route">To the minion's own model.</param>
    /// <param name="isPatient">A stage that fails is no answer yet, but to be tried once more.</param>
    public async Task<Outcome<ModelAnswer>> AskAsync(
        Minion minion,
        ModelQuestion question,
        ModelRoute route,
        ChatOptions options,
        bool isPatient,
        CancellationToken ct
    )
    {
        var started = time.GetTimestamp();
        List<ChatMessage> turns =
        [
            .. question.Earlier.Select(said => new ChatMessage(new ChatRole(said.Role), said.Content)),
            new(ChatRole.User, question.Text),
        ];
        if (question.Speaker.Pipeline is not { } stages)
        {
            return await ModelAsync(route, turns, options, started, ct);
        }

        // What is switched on and off during the run changes nothing of what it compares.
        minion.Pipeline = SeedQuestions.Has(question.Text)
            ? stages with
            {
                // What every run asks is about the minion and not about its documents: a refusal would be all that is measured.
                AnswersWithoutPassages = true,
            }
            : stages;
        var order = new PipelineOrder(minion, question.Speaker.SystemPrompt, turns, AnswerAudience.Training)
        {
            Collections = question.Speaker.Collections,
            StyleModel = question.Speaker.StyleModel,
            StyleAdapter = question.Speaker.StyleAdapter,
            ContextLength = minion.ContextLength,
        };
        var prepared = await pipeline.PrepareAsync(order, told: null, ct);
        if (!prepared.Ok)
        {
            return prepared.Failure;
        }

        if (isPatient && prepared.Value.Trace?.Stages.FirstOrDefault(stage => stage.Status == StageStatus.Failed) is { } failed)
        {
            return Failure.Upstream($"The {failed.Name.ToString().ToLowerInvariant()} stage of an answer failed: {failed.Reason}") with
            {
                RetryAfter = Patience.After(1),
            };
        }

        return await AnswerAsync(prepared.Value, route, turns, options, started, ct);
    }

    private async Task<ModelAnswer> AnswerAsync(
        PreparedAnswer prepared,
        ModelRoute route,
        List<ChatMessage> turns,
        ChatOptions options,
        long started,
        CancellationToken ct
    )
    {
        if (prepared.Text is { } whole)
        {
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            return new ModelAnswer(whole, seconds, null, null, null) { Trace = JsonElement.Parse(prepared.Trace!.ToJson()) };
        }

        options.Instructions = prepared.Instructions;
        List<ChatMessage> asked = [.. turns.SkipLast(1), new(ChatRole.User, prepared.Asked(turns[^1].Text))];
        var answer = await ModelAsync(route, asked, options, started, ct);
        return prepared.Trace is { } trace
            ? answer with
            {
                Trace = JsonElement.Parse(
                    trace.With(new StageTrace(StageName.Generation, StageStatus.Done) { Model = answer.Model }).ToJson()
                ),
            }
            : answer;
    }

    private async Task<ModelAnswer> ModelAsync(
        ModelRoute route,
        IReadOnlyList<ChatMessage> turns,
        ChatOptions options,
        long started,
        CancellationToken ct
    )
    {
        using var client = router.ChatClient(route);
        var answer = await client.GetResponseAsync(turns, options, ct);
        return new ModelAnswer(
            // The database takes no text with a NUL, and a model may well write one.
            answer.Text.Replace("\0", ""),
            time.GetElapsedTime(started).TotalSeconds,
            answer.Usage?.InputTokenCount,
            answer.Usage?.OutputTokenCount,
            answer.ModelId
        );
    }
}
