using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Api.OpenAi;

/// <summary>An outside client's call to a minion that drafts or looks things up before its model is asked.</summary>
internal sealed class OpenAiPipeline(
    AnswerPipeline pipeline,
    MinionModel models,
    ModelRouter router,
    OpenAiRelay relay,
    QueryCounts queries,
    TimeProvider time
)
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

        var audience = question.Caller.IsPerson ? AnswerAudience.Program : AnswerAudience.KeyHolder;
        var order = new PipelineOrder(outside.Minion, outside.SystemPrompt, turns, audience)
        {
            ContextLength = route.Value.Candidates[0].ContextLength,
        };
        var prepared = await pipeline.PrepareAsync(order, told: null, context.RequestAborted);
        if (prepared is { Ok: true, Value.Text: null })
        {
            return await relay.ChatAsync(question, raw: false, prepared.Value);
        }

        var answered = await AnswerAsync(question, route.Value, prepared);
        queries.Add(outside.Minion.Id, provider: null, answered, byKey: !question.Caller.IsPerson);
        return answered;
    }

    private async Task<bool> AnswerAsync(OpenAiQuestion question, ModelRoute route, Outcome<PreparedAnswer> prepared)
    {
        if (!prepared.Ok)
        {
            await OpenAiErrors.WriteAsync(question.Context, prepared.Failure);
            return false;
        }

        try
        {
            router.CountUnasked(route);
        }
        catch (ProviderException e)
        {
            await OpenAiErrors.WriteAsync(question.Context, e);
            return false;
        }

        await OpenAiFinished.WriteAsync(
            question.Context,
            question.Minion.Minion,
            prepared.Value,
            question.Request.Stream,
            time.GetUtcNow()
        );
        return true;
    }
}
