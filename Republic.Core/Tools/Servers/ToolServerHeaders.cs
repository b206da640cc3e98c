using System.Text.Json;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers;

/// <summary>The request headers of a tool server, sealed for its row and for the address that they were given for.</summary>
internal sealed record ToolServerHeaders(string Url, Dictionary<string, string> Headers)
{
    /// <returns>Null where there are none.</returns>
    public static byte[]? Seal(SecretBox box, ToolServer server, string url, Dictionary<string, string> headers) =>
        headers.Count == 0
            ? null
            : box.Seal(JsonSerializer.Serialize(new ToolServerHeaders(url, headers)), ToolServer.SealedKeys.For(server.Id));

    /// <exception cref="SecretUnreadableException">They were sealed for another row or address, or under another key.</exception>
    public static Dictionary<string, string> Open(SecretBox box, ToolServer server)
    {
        if (server.SealedHeaders is not { } kept)
        {
            return [];
        }

        var opened = JsonSerializer.Deserialize<ToolServerHeaders>(box.Open(kept, ToolServer.SealedKeys.For(server.Id)))!;
        return opened.Url == server.Url
            ? opened.Headers
            : throw new SecretUnreadableException($"The headers of {server.Name} were given for another address. Enter them again.");
    }
}
