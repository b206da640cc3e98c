using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tools.Servers;

/// <summary>Reads a person's tool servers.</summary>
public sealed class ToolServerCards(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>The servers of a person, by name.</summary>
    public async Task<IReadOnlyList<ToolServerCard>> ListAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await CardsAsync(db, person, db.ToolServers.OwnedBy(person), ct);
    }

    public async Task<Outcome<ToolServerCard>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await CardsAsync(db, person, db.ToolServers.OwnedBy(person).Where(s => s.Id == id), ct);
        return found.Count == 1 ? found[0] : Failure.NotFound("tool server");
    }

    private static async Task<List<ToolServerCard>> CardsAsync(
        RepublicDb db,
        Guid person,
        IQueryable<ToolServer> servers,
        CancellationToken ct
    )
    {
        var rows = await servers.AsNoTracking().ToListAsync(ct);
        var chosen = rows.Select(row => row.CommandId).OfType<Guid>().ToList();
        var commands =
            chosen.Count == 0
                ? []
                : await db.ToolCommands.Where(one => chosen.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Name, ct);
        var used = await db
            .MinionTools.OwnedBy(person)
            .Where(t => t.ServerId != null)
            .Join(
                db.Minions.Where(minion => minion.DeletedAt == null),
                tool => tool.MinionId,
                minion => minion.Id,
                (tool, minion) => new UsedTool(tool.ServerId!.Value, tool.Tool, tool.AllowedHash, minion.Id, minion.Citizen.DisplayName)
            )
            .ToListAsync(ct);
        var uses = used.ToLookup(use => use.Server);
        return [.. rows.Select(row => Card(row, commands, [.. uses[row.Id]])).OrderBy(card => card.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static ToolServerCard Card(ToolServer row, Dictionary<Guid, string> commands, List<UsedTool> uses)
    {
        List<ServerToolCard> tools =
        [
            .. row.Tools.Select(tool => new ServerToolCard(tool.Name, tool.Description, tool.InputSchema)
            {
                Changed = uses.Exists(use => use.Tool == tool.Name && use.AllowedHash is { } hash && hash != tool.Hash),
                SaysReadOnly = tool.SaysReadOnly,
                EarlierDescription = tool.EarlierDescription,
            }),
        ];
        return new ToolServerCard
        {
            Id = row.Id,
            Name = row.Name,
            Kind = row.IsCommand ? ToolServerKind.Stdio : ToolServerKind.Http,
            Url = row.Url,
            Command = row.CommandId is { } command ? commands.GetValueOrDefault(command) : null,
            Status =
                row.NeedsSignIn ? ToolServerStatus.SignIn
                : row.Error is not null ? ToolServerStatus.Error
                : tools.Exists(tool => tool.Changed) ? ToolServerStatus.Changed
                : ToolServerStatus.Fine,
            Error = row.Error,
            ReadAt = row.ReadAt,
            HeaderNames = row.HeaderNames,
            Tools = tools,
            LeftOut = row.LeftOut,
            Minions =
            [
                .. uses.Select(use => new ServerMinion(use.Minion, use.MinionName))
                    .Distinct()
                    .OrderBy(minion => minion.Name, StringComparer.OrdinalIgnoreCase),
            ],
        };
    }

    private sealed record UsedTool(Guid Server, string Tool, string? AllowedHash, Guid Minion, string MinionName);
}
