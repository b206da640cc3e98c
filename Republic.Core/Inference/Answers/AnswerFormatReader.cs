using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Inference.Http;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>Reads the form of the answer from a request, and says of each wrong field what is wrong.</summary>
internal static class AnswerFormatReader
{
    /// <summary>The longest schema that is compiled, and the longest list of tools.</summary>
    private const int MaxCharacters = 256 << 10;
    private const string Field = "response_format";

    /// <param name="tools">Null where the model may call none.</param>
    public static AnswerFormat Of(ChatRequest request, ToolChoice? tools, ToolCallSyntax syntax, GrammarCache grammars)
    {
        var words = Words(request.ResponseFormat);
        if (tools is null)
        {
            return words is null ? AnswerFormat.Free : new AnswerFormat(Grammar(Field, Text(request.ResponseFormat), words), Calls: null);
        }

        var key =
            $"{syntax} {tools.IsRequired} {tools.MayCallSeveral} {string.Join(' ', tools.Tools.Select(tool => tool.Name))} {Text(request.Tools)} {Text(request.ResponseFormat)}";
        return new AnswerFormat(OfTools(tools), syntax, words is null || tools.IsRequired ? null : tools.Tools, tools.IsRequired);

        Grammar OfTools(ToolChoice choice)
        {
            try
            {
                return Grammar("tools", key, () => ToolGrammar.Of(choice, syntax, words?.Invoke()));
            }
            catch (RequestRefusedException)
                when (key.Length <= MaxCharacters && choice.Tools.Any(tool => tool is { IsStrict: false, Parameters: not null }))
            {
                // Too much to promise at once: then of those alone for which it was asked.
                var strict = choice with
                {
                    Tools = [.. choice.Tools.Select(tool => tool.IsStrict ? tool : tool with { Parameters = null })],
                };
                return Grammar("tools", $"strict {key}", () => ToolGrammar.Of(strict, syntax, words?.Invoke()));
            }
        }

        Grammar Grammar(string field, string key, Func<Expression> make)
        {
            if (key.Length > MaxCharacters)
            {
                throw RequestRefusedException.BadField(field, $"{field} has more than {MaxCharacters >> 10} KB. Ask for less at once.");
            }

            try
            {
                return grammars.Get($"{field} {key}", make);
            }
            catch (GrammarException e)
            {
                throw RequestRefusedException.BadField(field, $"{field} cannot be followed. {e.Message}");
            }
        }
    }

    /// <returns>Null: free text.</returns>
    private static Func<Expression>? Words(JsonNode? format)
    {
        if (format is null)
        {
            return null;
        }

        var type = (format as JsonObject)?["type"] is JsonValue named && named.TryGetValue<string>(out var text) ? text : null;
        switch (type)
        {
            case "text":
                return null;
            // As llama-server has it.
            case "json_object" when format["schema"] is { } schema:
                return () => SchemaGrammar.Of(schema);
            case "json_object":
                return () => JsonExpressions.Object;
            case "json_schema" when format["json_schema"] is JsonObject given && given["schema"] is { } schema:
                return () => SchemaGrammar.Of(schema);
            case "json_schema":
                throw RequestRefusedException.BadField(Field, "response_format.json_schema has to be an object with name and schema.");
            default:
                throw RequestRefusedException.BadField(Field, "response_format.type has to be text, json_object or json_schema.");
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString(JsonSerializerOptions.Default) ?? "";
}
