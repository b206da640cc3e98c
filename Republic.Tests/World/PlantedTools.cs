using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tools;
using Republic.Core.Tools.Servers;

namespace Republic.Tests.World;

/// <summary>Tool servers put into the database as they stand after their tools were read, without any server.</summary>
public static class PlantedTools
{
    private static readonly JsonElement Schema = JsonSerializer.SerializeToElement(new { type = "object" });

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="tools">Their names.</param>
    public static async Task<ToolServer> NewToolServerAsync(this IRepublic republic, Guid owner, string name, params string[] tools)
    {
        ArgumentNullException.ThrowIfNull(republic);
        var server = new ToolServer
        {
            OwnerId = owner,
            Name = name,
            Url = "https://tools.example.org/mcp",
            Tools = [.. tools.Select(tool => Tool(tool, $"Does {tool} for you."))],
            ReadAt = Now,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await republic.QueryAsync(db =>
        {
            db.Add(server);
            return db.SaveChangesAsync();
        });
        return server;
    }

    /// <summary>From now on the server says something else of one of its tools.</summary>
    public static Task<int> SayAsync(this IRepublic republic, ToolServer server, string tool, string description)
    {
        ArgumentNullException.ThrowIfNull(republic);
        return republic.QueryAsync(async db =>
        {
            var row = await db.ToolServers.SingleAsync(known => known.Id == server.Id);
            row.Tools =
            [
                .. row.Tools.Select(known =>
                    known.Name == tool ? Tool(tool, description) with { EarlierDescription = known.Description } : known
                ),
            ];
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>A tool of it as some minion has it, allowed as the server describes it now.</summary>
    public static MinionTool Allowed(this ToolServer server, string tool, bool isAlways)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new MinionTool
        {
            OwnerId = server.OwnerId,
            MinionId = Guid.CreateVersion7(),
            ServerId = server.Id,
            Tool = tool,
            AllowedHash = server.Tools.Single(known => known.Name == tool).Hash,
            IsAlways = isAlways,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static ServerTool Tool(string name, string description) =>
        new(name, description, Schema, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{description}"))));
}
