using System.Text;
using System.Text.Json;

namespace Republic.Core.Events;

/// <summary>One event on its way to a client, as server-sent events have them. <paramref name="data"/> becomes JSON.</summary>
public sealed class ServerEvent(string? id, string name, object? data)
{
    private byte[]? frame;

    /// <summary>Nothing happened for a while; the connection is alive.</summary>
    public static ServerEvent Heartbeat { get; } = new(null, "", null) { frame = ":\n\n"u8.ToArray() };

    public string? Id => id;

    public string Name => name;

    public object? Data => data;

    /// <summary>As it travels: made once, however many read it.</summary>
    public ReadOnlyMemory<byte> Frame(JsonSerializerOptions json) => frame ??= Encoding.UTF8.GetBytes(Text(json));

    private string Text(JsonSerializerOptions json)
    {
        // JSON has no line breaks of its own.
        var rest = $"event: {name}\ndata: {JsonSerializer.Serialize(data, json)}\n\n";
        return id is null ? rest : $"id: {id}\n{rest}";
    }
}
