using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The answer of a minion that calls tools, for an outside client. What is asked of its model is not the client's request any more, so the answer
/// is written anew in the shape of OpenAI's, as it comes. Nobody is there to approve anything.
/// </summary>
internal sealed class OpenAiToolAnswer(MinionClients minions, IMinionTools tools, QueryCounts queries, TimeProvider time)
{
    /// <returns>Whether the answer is complete; null where this request is not one for tools, and nothing was written.</returns>
    public async Task<bool?> ChatAsync(OpenAiQuestion question, MinionCall call)
    {
        if (!call.Route.TakesTools || OpenAiPlainRequest.Of(question.Body, Character.Options(call.Minion)) is not { } request)
        {
            return null;
        }

        var said = request.Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text);
        var order = new ToolOrder(call.Minion, call.Audience)
        {
            Said = [.. said],
            MayReadPersonal = question.Caller.MayReadAndWrite,
            // Nobody knows what the client's earlier answers were made of.
            HasReadOthers = request.Messages.Any(message => message.Role == ChatRole.Assistant),
        };
        return await tools.OpenAsync(order, question.Context.RequestAborted) is { } session
            ? await AnswerAsync(question, call with { Tools = session }, request)
            : null;
    }

    private async Task<bool> AnswerAsync(OpenAiQuestion question, MinionCall call, OpenAiPlainRequest request)
    {
        var (context, ct) = (question.Context, question.Context.RequestAborted);
        var (complete, provider) = (false, (string?)null);
        using var client = minions.Client(call);
        var written = new Written(context, question.Request, call.Minion.ModelId, time.GetUtcNow());
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.Options, ct))
            {
                await written.AddAsync(update, ct);
            }

            var receipt = client.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete);
            provider = receipt.Provider;
            await written.EndAsync(receipt, ct);
            complete = true;
        }
        catch (AnswerException error)
        {
            await written.FailAsync(new ProviderException(ProviderErrorKind.Unavailable, call.Minion.Provider, error.Message, error), ct);
        }
        catch (ProviderException error)
        {
            await written.FailAsync(OpenAiErrorText.For(question.Caller, error), ct);
        }
        finally
        {
            queries.Add(call.Minion.Id, provider, complete, byKey: !question.Caller.IsPerson);
        }

        return complete;
    }

    /// <summary>One answer as the client gets it.</summary>
    private sealed class Written(HttpContext context, OpenAiRelayRequest request, string model, DateTimeOffset now)
    {
        private readonly string id = $"chatcmpl-{Guid.CreateVersion7():N}";
        private readonly StringBuilder text = new();
        private string finish = "stop";

        public async Task AddAsync(ChatResponseUpdate update, CancellationToken ct)
        {
            finish = update.FinishReason?.Value ?? finish;
            if (update.Text.Length == 0)
            {
                return;
            }

            text.Append(update.Text);
            if (request.Stream)
            {
                Begin();
                await context.Response.BodyWriter.WriteAsync(Line(Frame("delta", Said(update.Text), finish: null)), ct);
            }
        }

        public async Task EndAsync(AnswerReceipt receipt, CancellationToken ct)
        {
            var passages = receipt.Trace?.Passages ?? [];
            var usage = new Dictionary<string, object?>
            {
                ["prompt_tokens"] = receipt.PromptTokens ?? 0,
                ["completion_tokens"] = receipt.CompletionTokens ?? 0,
                ["total_tokens"] = (receipt.PromptTokens ?? 0) + (receipt.CompletionTokens ?? 0),
            };
            if (!request.Stream)
            {
                await WholeAsync(receipt, passages, usage);
                return;
            }

            var end = new OpenAiStreamEnd(request.WantsUsage, OpenAiCitations.Json(passages));
            Begin();
            var last = Frame("delta", new { }, finish);
            last["usage"] = usage;
            await context.Response.BodyWriter.WriteAsync(end.Take(Line(last)), ct);
            await context.Response.BodyWriter.WriteAsync(end.End(), ct);
            await context.Response.BodyWriter.WriteAsync(OpenAiRelay.Done, ct);
        }

        public async Task FailAsync(ProviderException error, CancellationToken ct)
        {
            if (context.Response.HasStarted)
            {
                await context.Response.BodyWriter.WriteAsync(OpenAiErrors.Event(error), ct);
            }
            else
            {
                await OpenAiErrors.WriteAsync(context, error);
            }
        }

        private void Begin()
        {
            if (!context.Response.HasStarted)
            {
                OpenAiRelay.BeginStream(context.Response);
            }
        }

        private async Task WholeAsync(AnswerReceipt receipt, IReadOnlyList<CitedPassage> passages, object usage)
        {
            var whole = Frame("message", Said(text.ToString()), finish);
            whole["usage"] = usage;
            var cost = receipt.Cost is { } known ? known.ToString("0.#########", CultureInfo.InvariantCulture) : "unknown";
            OpenAiRelay.Receipt(context.Response.Headers, receipt.Provider ?? "", receipt.Model ?? model, cost, receipt.Route?.Sent ?? 0);
            await OpenAiRelay.WriteWholeAsync(context, OpenAiCitations.AddedTo(JsonSerializer.SerializeToUtf8Bytes(whole), passages));
        }

        private Dictionary<string, object?> Frame(string member, object said, string? finish) =>
            new()
            {
                ["id"] = id,
                ["object"] = request.Stream ? "chat.completion.chunk" : "chat.completion",
                ["created"] = now.ToUnixTimeSeconds(),
                ["model"] = model,
                ["choices"] = new[]
                {
                    new Dictionary<string, object?>
                    {
                        ["index"] = 0,
                        [member] = said,
                        ["logprobs"] = null,
                        ["finish_reason"] = finish,
                    },
                },
            };

        private static object Said(string text) =>
            new
            {
                role = "assistant",
                content = text,
                refusal = (string?)null,
            };

        private static byte[] Line(Dictionary<string, object?> frame) =>
            [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(frame), .. "\n\n"u8];
    }
}
