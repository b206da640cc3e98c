using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tools;
using Republic.Core.Tools.Servers;

namespace Republic.Tests.World;

/// <summary>A tool server that a person added.</summary>
public sealed class HeldToolServer(IRepublic republic, Inhabitant person, Guid id)
{
    public Guid Id => id;

    public string Path => $"/api/tool-servers/{id}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HeldToolServer> AddAsync(
        IRepublic republic,
        Inhabitant person,
        ToolServerStub stub,
        IReadOnlyDictionary<string, string>? headers = null
    )
    {
        var name = $"s{Guid.CreateVersion7():N}";
        var made = await person.Api.PostAsync(
            "/api/tool-servers",
            new
            {
                name,
                url = stub.Url,
                headers,
            }
        );
        return new HeldToolServer(republic, person, made["tool_server"]!["id"]!.GetValue<Guid>());
    }

    public async Task<JsonNode> ReadAsync() => (await person.Api.GetAsync(Path))["tool_server"]!;

    public async Task<JsonNode> RefreshAsync() => (await person.Api.PostAsync($"{Path}/refresh"))["tool_server"]!;

    public Task<ToolServer> RowAsync() =>
        republic.QueryAsync(db => db.ToolServers.AsNoTracking().SingleAsync(server => server.Id == id, Ct));

    /// <summary>Switches a tool on for a minion, as the server describes it now.</summary>
    public async Task AllowAsync(Guid minion, string tool, bool isAlways = true)
    {
        var hash = (await RowAsync()).Tools.Single(one => one.Name == tool).Hash;
        await republic.QueryAsync(db =>
        {
            db.MinionTools.Add(
                new MinionTool
                {
                    OwnerId = person.Id,
                    MinionId = minion,
                    ServerId = id,
                    Tool = tool,
                    AllowedHash = hash,
                    IsAlways = isAlways,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return db.SaveChangesAsync(Ct);
        });
    }
}
