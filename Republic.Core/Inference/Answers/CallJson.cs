using System.Text.Json;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Answers;

/// <summary>Calls of tools as OpenAI's clients read them.</summary>
internal static class CallJson
{
    /// <summary>An item of <c>tool_calls</c> in a streamed piece.</summary>
    public static string Piece(ToolCallPart part)
    {
        var id = part.Name is null ? "" : $"\"id\":\"{NewId()}\",\"type\":\"function\",";
        var name = part.Name is null ? "" : $"\"name\":{Text(part.Name)},";
        return $"{{\"index\":{part.Call},{id}\"function\":{{{name}\"arguments\":{Text(part.Text)}}}}}";
    }

    /// <summary>An item of <c>tool_calls</c> in a whole answer.</summary>
    public static string Whole(string name, string arguments) =>
        $"{{\"id\":\"{NewId()}\",\"type\":\"function\",\"function\":{{\"name\":{Text(name)},\"arguments\":{Text(arguments)}}}}}";

    private static string NewId() => $"call_{Guid.CreateVersion7():N}";

    private static string Text(string text) => JsonSerializer.Serialize(text, HostJson.Options);
}
