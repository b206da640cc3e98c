using Microsoft.Extensions.AI;
using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Api.OpenAi;

/// <summary>An outside client's call to a minion that drafts or looks things up before its model is asked, or has tools.</summary>
internal sealed class OpenAiStages(
    MinionClients minions,
    OpenAiRelay relay,
    OpenAiToolAnswer toolAnswer,
    QueryCounts queries,
    TimeProvider time
)
{
    public static bool AreOf(OpenAiQuestion question) => question.Minion.HasStages(byKey: !question.Caller.IsPerson);

    /// <summary>True: the answer is complete.</summary>
    public async Task<bool> ChatAsync(OpenAiQuestion question, Outcome<ModelRoute> route)
    {
        var (outside, context) = (question.Minion, question.Context);
        var turns = question.Request.Turns();
        // What is wrong here is wrong without stages too, and said there.
        if (turns.Count == 0 || !route.Ok)
        {
            return await relay.ChatAsync(question, route, raw: false);
        }

        var audience = question.Caller.IsPerson ? AnswerAudience.Program : AnswerAudience.KeyHolder;
        var call = new MinionCall(outside.Minion, route.Value, audience) { ContextLength = route.Value.Candidates[0].ContextLength };
        if (outside.HasTools && await toolAnswer.ChatAsync(question, call) is { } answered)
        {
            return answered;
        }

        using var model = new OpenAiRelayClient(relay, question, route.Value);
        var settled = await SettledAsync(question, call, turns, model);
        if (model.IsComplete is { } complete)
        {
            return complete;
        }

        queries.Add(outside.Minion.Id, provider: null, settled, byKey: !question.Caller.IsPerson);
        return settled;
    }

    /// <returns>False: there is no answer, and the client was told why, or the model was asked.</returns>
    private async Task<bool> SettledAsync(
        OpenAiQuestion question,
        MinionCall call,
        IReadOnlyList<ChatMessage> turns,
        OpenAiRelayClient model
    )
    {
        var context = question.Context;
        try
        {
            using var client = minions.Client(call, model: model);
            var options = new ChatOptions { Instructions = question.Minion.SystemPrompt };
            var answer = await client.GetResponseAsync(turns, options, context.RequestAborted);
            if (model.IsComplete is not null)
            {
                return false;
            }

            var trace = client.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete).Trace!;
            await OpenAiFinished.WriteAsync(context, call.Minion, (answer.Text, trace), question.Request, time.GetUtcNow());
            return true;
        }
        catch (AnswerException error)
        {
            await OpenAiErrors.WriteAsync(context, error.Failure);
        }
        catch (ProviderException error) when (!context.Response.HasStarted)
        {
            await OpenAiErrors.WriteAsync(context, OpenAiErrorText.For(question.Caller, error));
        }

        return false;
    }
}
