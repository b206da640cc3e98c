using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>What a <see cref="FakeVendor"/> was sent.</summary>
public sealed record VendorRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonNode? Body)
{
    public bool IsStream => Body?["stream"]?.GetValue<bool>() ?? false;

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary>The text of the last message.</summary>
    public string? LastMessage => Body?["messages"]?.AsArray()[^1]?["content"]?.ToString();

    public static VendorRequest Parse(string latin1)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end].Split("\r\n");
        var first = head[0].Split(' ');
        var headers = head.Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        var body = text[(end + 4)..];
        return new VendorRequest(first[0], first[1], headers, body.Length == 0 ? null : JsonNode.Parse(body));
    }
}
