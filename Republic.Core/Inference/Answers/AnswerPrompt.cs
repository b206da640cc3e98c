using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Http;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>A conversation as the tokens that its model reads.</summary>
/// <param name="Tokens">With the part of the answer that is there already.</param>
/// <param name="Continued">How many of them are the answer's.</param>
/// <param name="History">Null where all of it was given to the model and was not too long.</param>
internal sealed record AnswerPrompt(int[] Tokens, int Continued, HistoryUsage? History)
{
    /// <param name="lines">With the name that the model can say.</param>
    /// <param name="begun">The answer so far, likewise; null for one that begins.</param>
    /// <param name="tools">OpenAI's list of those that the model may call; null: none.</param>
    /// <exception cref="RequestRefusedException">It is longer than the model can read.</exception>
    public static AnswerPrompt Of(
        LoadedModel model,
        ChatRequest request,
        IReadOnlyList<ChatLine> lines,
        JsonArray? tools,
        string? begun,
        CancellationToken ct
    )
    {
        var length = request.WholeHistory == true ? null : model.AnswersWellUpTo;
        var context = model.Generator.ContextLength;
        var certain = FittedPrompt.Least(lines, length, Least);
        if (certain >= context)
        {
            throw RequestRefusedException.TooLong("messages", certain, context - 1, isLeast: true);
        }

        var prompt = FittedPrompt.Of(lines, length, Least, kept => Read(model.Weights, kept, tools, "", ct));
        var tokens = begun is null ? prompt.Tokens : Read(model.Weights, prompt.Lines, tools, begun, ct);
        var isLong = prompt.Omitted > 0 || prompt.Tokens.Length > model.AnswersWellUpTo;
        return new AnswerPrompt(
            tokens,
            // Read anew, a text may have a few tokens less than it was written with, and what went on at random goes on otherwise.
            Math.Max(0, tokens.Length - prompt.Tokens.Length),
            isLong ? new HistoryUsage(model.AnswersWellUpTo!.Value, prompt.Tokens.Length, prompt.Omitted) : null
        );

        int Least(ChatLine line) => ChatTemplate.LeastTokens(model.Weights, line);
    }

    private static int[] Read(LlamaModel model, IReadOnlyList<ChatLine> lines, JsonArray? tools, string begun, CancellationToken ct)
    {
        if (tools is null && lines.All(line => line is { Calls: null, CallId: null }))
        {
            return ChatTemplate.Tokens(model, lines, begun, ct);
        }

        var text = model.Template.Render(
            [.. lines.Select(line => Message(model, line))],
            tools is null ? null : Defused(model, tools).AsArray()
        );
        ct.ThrowIfCancellationRequested();
        return model.Tokenize(text + model.Defuse(begun));
    }

    private static JsonObject Message(LlamaModel model, ChatLine line)
    {
        var message = new JsonObject { ["role"] = line.Role, ["content"] = model.Defuse(line.Content) };
        if (line.Calls is { } calls)
        {
            message["tool_calls"] = Defused(model, calls);
        }

        if (line.CallId is { } id)
        {
            message["tool_call_id"] = model.Defuse(id);
        }

        if (line.Name is { } name)
        {
            message["name"] = model.Defuse(name);
        }

        return message;
    }

    /// <summary>Names and texts of a call or a tool without control tokens: people may have written them.</summary>
    private static JsonNode Defused(LlamaModel model, JsonNode node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(field =>
                    KeyValuePair.Create(model.Defuse(field.Key), field.Value is null ? null : Defused(model, field.Value))
                )
            ),
            JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Defused(model, item))]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(model.Defuse(text))!,
            _ => node.DeepClone(),
        };
}
