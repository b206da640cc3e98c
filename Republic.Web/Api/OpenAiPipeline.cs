using Republic.Core.Minions;
using Republic.Core.Pipeline;

namespace Republic.Web.Api;

/// <summary>An outside client's call to a minion that drafts or looks things up before its model is asked.</summary>
internal sealed class OpenAiPipeline(AnswerPipeline pipeline, MinionModel models, OpenAiRelay relay, QueryCounts queries, TimeProvider time)
{
    public static bool IsFor(OpenAiQuestion question) => question.Minion.HasStages(byKey: !question.Caller.IsPerson);

    /// <summary>True: the answer is complete.</summary>
    public async Task<bool> ChatAsync(OpenAiQuestion question)
    {
        var (outside, context) = (question.Minion, question.Context);
        var turns = question.Request.Turns();
        var route = await models.RouteAsync(outside, context.RequestAborted);
        // What is wrong here is wrong without stages too, and said there.
        if (turns.Count == 0 || !route.Ok)
        {
            return await relay.ChatAsync(question, raw: false);
        }

        var audience = question.Caller.IsPerson ? AnswerAudience.Owner : AnswerAudience.KeyHolder;
        var order = new PipelineOrder(outside.Minion, outside.SystemPrompt, turns, audience)
        {
            ContextLength = route.Value.Candidates[0].ContextLength,
        };
        var prepared = await pipeline.PrepareAsync(order, told: null, context.RequestAborted);
        if (prepared is { Ok: true, Value.Text: null })
        {
            return await relay.ChatAsync(question, raw: false, prepared.Value);
        }

        await (
            prepared.Ok
                ? OpenAiFinished.WriteAsync(context, outside.Minion, prepared.Value, question.Request.Stream, time.GetUtcNow())
                : OpenAiErrors.WriteAsync(context, prepared.Failure)
        );
        queries.Add(outside.Minion.Id, prepared.Ok, byKey: !question.Caller.IsPerson);
        return prepared.Ok;
    }
}
