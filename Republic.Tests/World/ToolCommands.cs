using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tools.Servers;
using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>Commands on the list of a republic, all of them the script <c>tool-command.mjs</c>, and servers of them.</summary>
public static class ToolCommands
{
    private const string List = "/api/admin/tool-commands";

    private static readonly string Script = Path.Combine(SourceFile.Root, "Republic.Tests", "World", "tool-command.mjs");

    /// <summary>Puts the script on the list.</summary>
    /// <param name="manner">How it goes; null for as it should.</param>
    public static async Task<Guid> NewToolCommandAsync(
        this Inhabitant superuser,
        string? manner = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        ArgumentNullException.ThrowIfNull(superuser);
        var added = await superuser.Api.PostAsync(
            List,
            new
            {
                name = $"c{Guid.CreateVersion7():N}",
                description = "Echoes.",
                command = "node",
                arguments = manner is null ? [Script] : new[] { Script, manner },
                environment,
            }
        );
        return added["id"]!.GetValue<Guid>();
    }

    /// <summary>Makes a server of a command.</summary>
    public static async Task<JsonNode> NewCommandServerAsync(this Inhabitant person, Guid command)
    {
        ArgumentNullException.ThrowIfNull(person);
        var name = $"s{Guid.CreateVersion7():N}";
        return (await person.Api.PostAsync("/api/tool-servers", new { name, command_id = command }))["tool_server"]!;
    }

    public static Task<ToolServer> ToolServerAsync(this IRepublic republic, JsonNode card)
    {
        ArgumentNullException.ThrowIfNull(republic);
        ArgumentNullException.ThrowIfNull(card);
        var id = card["id"]!.GetValue<Guid>();
        return republic.QueryAsync(db => db.ToolServers.AsNoTracking().SingleAsync(server => server.Id == id));
    }
}
