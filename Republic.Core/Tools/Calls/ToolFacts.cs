using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Tools.BuiltIn;

namespace Republic.Core.Tools.Calls;

/// <summary>A tool as it is now, for the person who decides on a call of it.</summary>
/// <param name="Description">The description in the words of its server, which are not believed, or in our own.</param>
/// <param name="Url">The address of its server; null for what Republic does itself, and where the server was removed.</param>
/// <param name="Effect">The effect of a call; null for a server's tool, which may do anything.</param>
public sealed record ToolFacts(string? Description, string? Url, ToolEffect? Effect)
{
    /// <summary>The JSON Schema of its arguments; null where there is no such tool any more.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>The server says that the tool only reads.</summary>
    public bool SaysReadOnly { get; init; }

    /// <summary>The server describes the tool otherwise now than when the call was asked for.</summary>
    public bool HasChanged { get; init; }

    /// <summary>The server describes the tool otherwise now than when the person last allowed it to the minion.</summary>
    public bool IsOtherThanAllowed { get; init; }

    /// <summary>The arguments are sent to another machine.</summary>
    public bool LeavesMachine => Effect is null or ToolEffect.Sends;

    internal static async Task<ToolFacts> FindAsync(
        RepublicDb db,
        BuiltInTools builtIn,
        Guid person,
        ToolCallRow call,
        CancellationToken ct
    )
    {
        if (call.Server is null)
        {
            var own = builtIn.Find(call.Tool);
            return new ToolFacts(own?.Description, null, own?.Effect ?? ToolEffect.Changes)
            {
                // The method is looked at and not called, so it needs no answer that it belongs to.
                InputSchema = own is null ? null : AIFunctionFactory.Create(own.Method(null!), own.Name).JsonSchema,
            };
        }

        var server = await db
            .ToolServers.AsNoTracking()
            .OwnedBy(person)
            .Where(s => s.Id == call.ServerId)
            .Select(s => new { s.Url, s.Tools })
            .SingleOrDefaultAsync(ct);
        var tool = server?.Tools.Find(t => t.Name == call.Tool);
        var switched = await db
            .MinionTools.AsNoTracking()
            .OwnedBy(person)
            .Where(t => t.MinionId == call.MinionId && t.ServerId == call.ServerId && t.Tool == call.Tool)
            .SingleOrDefaultAsync(ct);
        return new ToolFacts(tool?.Description, server is { Url.Length: > 0 } ? server.Url : null, null)
        {
            InputSchema = tool?.InputSchema,
            SaysReadOnly = tool?.SaysReadOnly == true,
            HasChanged = tool is not null && tool.Hash != call.DefinitionHash,
            IsOtherThanAllowed = tool is not null && switched?.IsChanged(tool) == true,
        };
    }
}
