using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Tools;

/// <summary>A tool that a model may call in one answer.</summary>
/// <param name="Function">The function that is called. Its name is the one that the model knows, unique within the answer: letters, digits, _ and -, at most 64.</param>
public sealed record OfferedTool(AIFunction Function)
{
    /// <summary>The tool's own name, as its server calls it.</summary>
    public required string Tool { get; init; }

    /// <summary>Null for what Republic does itself.</summary>
    public Guid? ServerId { get; init; }

    /// <summary>The name of the server, for people; null for what Republic does itself.</summary>
    public string? Server { get; init; }

    /// <summary>The address of the server when the answer began; empty for a command, null for what Republic does itself.</summary>
    public string? Url { get; init; }

    /// <summary>SHA-256, in hex, of what the server says of the tool; null for what Republic does itself.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>The person had said “always” of it when the answer began: no call of it asks.</summary>
    public bool IsAlways { get; init; }

    /// <summary>
    /// True where a person has to approve a call with these arguments, unless they said “always”. Asked when the rounds before it are over, so that
    /// what was read in them may decide it.
    /// </summary>
    public required Func<IReadOnlyDictionary<string, JsonElement>, bool> Asks { get; init; }

    /// <summary>True where a person has to approve a call with these arguments.</summary>
    public bool NeedsApproval(IReadOnlyDictionary<string, JsonElement> arguments) => !IsAlways && Asks(arguments);
}
