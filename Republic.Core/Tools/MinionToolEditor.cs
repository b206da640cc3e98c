using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>Switches the tools of a person's minions, and says which of them ask.</summary>
public sealed class MinionToolEditor(
    RepublicDb db,
    MinionToolCards cards,
    BuiltInTools builtIns,
    AuditLog audit,
    LiveEvents live,
    TimeProvider time
)
{
    public Task<Outcome<MinionToolsCard>> SaveAsync(Guid person, Guid minion, MinionToolsInput input, CancellationToken ct) =>
        ChangeAsync(person, minion, tools => tools.Save(input), ct);

    /// <param name="server">Null for a tool that comes with Republic.</param>
    public Task<Outcome<MinionToolsCard>> SwitchAsync(
        Guid person,
        Guid minion,
        Guid? server,
        string tool,
        bool isOn,
        CancellationToken ct
    ) => ChangeAsync(person, minion, tools => tools.Switch(server, tool, isOn), ct);

    /// <summary>Switches all tools on that the server has now, or all off.</summary>
    public Task<Outcome<MinionToolsCard>> SwitchServerAsync(Guid person, Guid minion, Guid server, bool isOn, CancellationToken ct) =>
        ChangeAsync(person, minion, tools => tools.SwitchServer(server, isOn), ct);

    /// <summary>Allows tools whose descriptions changed as they are now. Each of them asks until the person says “always” once more.</summary>
    /// <param name="seen">The hashes of what the person read: what changed again meanwhile is not allowed by it. Null allows all.</param>
    public Task<Outcome<MinionToolsCard>> AllowChangedAsync(
        Guid person,
        Guid minion,
        Guid server,
        IReadOnlyCollection<string>? seen,
        CancellationToken ct
    ) => ChangeAsync(person, minion, tools => tools.AllowChanged(server, seen), ct);

    /// <summary>Switches tools off whose descriptions changed since they were allowed.</summary>
    public Task<Outcome<MinionToolsCard>> TurnChangedOffAsync(Guid person, Guid minion, Guid server, CancellationToken ct) =>
        ChangeAsync(person, minion, tools => tools.TurnChangedOff(server), ct);

    /// <summary>Takes an “always” back: its calls ask again.</summary>
    /// <param name="server">Null for a tool that comes with Republic.</param>
    public Task<Outcome<MinionToolsCard>> ForgetAlwaysAsync(Guid person, Guid minion, Guid? server, string tool, CancellationToken ct) =>
        ChangeAsync(person, minion, tools => tools.ForgetAlways(server, tool), ct);

    private async Task<Outcome<MinionToolsCard>> ChangeAsync(
        Guid person,
        Guid id,
        Func<ToolSwitches, Failure?> change,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Changes of one minion's tools follow each other.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {id} and owner_id = {person} for no key update", ct);
        if (await db.Minions.OwnedBy(person).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var now = time.GetUtcNow();
        var before = await db.MinionTools.OwnedBy(person).Where(tool => tool.MinionId == id).ToListAsync(ct);
        var servers = await db.ToolServers.AsNoTracking().OwnedBy(person).OrderBy(server => server.Name).ToListAsync(ct);
        var tools = new ToolSwitches(minion, before, servers, builtIns, now);
        if (change(tools) is { } failure)
        {
            return failure;
        }

        db.MinionTools.RemoveRange(tools.Removed);
        db.MinionTools.AddRange(tools.Added);
        if (tools.Changes.Count > 0)
        {
            // Answers that are kept in memory were given with the tools that it had.
            minion.UpdatedAt = now;
            await audit.CommitAsync(db, AuditActions.ToolsChanged, $"{minion.RepublicId}: {string.Join(", ", tools.Changes)}", ct);
            live.Publish(person, new LiveEvent(ToolServerEditor.Changed, id, null));
        }

        return await cards.FindAsync(person, id, ct);
    }
}
