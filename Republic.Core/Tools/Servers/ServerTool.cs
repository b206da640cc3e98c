using System.Text.Json;

namespace Republic.Core.Tools.Servers;

/// <summary>A tool as its server describes it. None of it is believed: descriptions are shown to people as they are, and hints decide nothing.</summary>
/// <param name="Name">The name by which the server calls it.</param>
/// <param name="InputSchema">A JSON Schema of the arguments, an object.</param>
/// <param name="Hash">SHA-256, in hex, of name, description and schema.</param>
public sealed record ServerTool(string Name, string Description, JsonElement InputSchema, string Hash)
{
    /// <summary>The server says that the tool only reads; shown, and never believed.</summary>
    public bool SaysReadOnly { get; init; }

    /// <summary>
    /// The description before the present one: where a person allowed one, that which they allowed. Null where none is known.
    /// </summary>
    public string? EarlierDescription { get; init; }
}
