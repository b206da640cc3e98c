using System.Text.Json;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.Servers;

/// <summary>The result of a server's tool as text: its texts as they are, everything else by its type and size.</summary>
internal static class ToolAnswer
{
    private const int MaxError = 1000;

    /// <param name="secrets">What the server was given: it does not come back.</param>
    /// <exception cref="ToolException">The tool failed, as it says.</exception>
    public static string TextOf(string server, JsonElement result, ToolServerSecrets secrets)
    {
        // Nothing that is kept may hold it.
        var text = secrets.Hide(Contents(result).Replace("\0", "", StringComparison.Ordinal));
        return IsTrue(result, "isError")
            ? throw new ToolException(
                text.Length == 0 ? $"{server} failed, and does not say why." : $"{server} failed. It says: {text.AtMost(MaxError)}"
            )
            : text;
    }

    private static string Contents(JsonElement result)
    {
        List<string> texts = [];
        if (result.TryGetProperty("content", out var contents) && contents.ValueKind == JsonValueKind.Array)
        {
            texts.AddRange(contents.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(Part));
        }

        // A server repeats it as text for those who do not know of it.
        if (texts.Count == 0 && result.TryGetProperty("structuredContent", out var structured))
        {
            texts.Add(structured.GetRawText());
        }

        return string.Join('\n', texts);
    }

    private static string Part(JsonElement content) =>
        content.Text("type") switch
        {
            "text" => content.Text("text") ?? "",
            "image" or "audio" => Named(content, "data"),
            "resource_link" => $"[{content.Text("name") ?? "link"}: {content.Text("uri")}]",
            "resource" when content.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.Object =>
                resource.Text("text") ?? Named(resource, "blob"),
            var type => $"[{type ?? "unknown"}]",
        };

    /// <summary>The type and size of what is no text: “[image/png, 12 kB]”.</summary>
    private static string Named(JsonElement content, string data) =>
        $"[{content.Text("mimeType") ?? content.Text("type") ?? "file"}, {ByteSize.Of((content.Text(data)?.Length ?? 0) * 3L / 4)}]";

    private static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
