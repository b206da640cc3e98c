using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Tools.Servers;

/// <summary>Adds, changes and deletes the tool servers of a person. Each change of one reads its tools at once.</summary>
public sealed class ToolServerEditor(RepublicDb db, ToolServerRules rules, ToolServerClient client, AuditLog audit, LiveEvents live)
{
    /// <summary>The event of the live stream when a server, or the tools of a minion, changed.</summary>
    public const string Changed = "tools.changed";

    public const int MaxServers = 20;

    /// <summary>Adds a server. Where its tools cannot be read, it is there all the same, and says why.</summary>
    public async Task<Outcome<Guid>> AddAsync(Guid person, ToolServerInput input, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var others = await NamesAsync(person, except: null, ct);
        if (others.Count >= MaxServers)
        {
            return Failure.Conflict($"You have {MaxServers} tool servers, and that is the most. Delete one first.");
        }

        if (rules.Problem(input, others, server: null) is { } problem)
        {
            return problem;
        }

        // What is not on the list does not exist: nobody runs what they like here.
        if (input.CommandId is { } command && !await db.ToolCommands.AnyAsync(one => one.Id == command, ct))
        {
            return Failure.NotFound("command");
        }

        var server = rules.New(person, input);
        db.ToolServers.Add(server);
        await audit.CommitAsync(db, AuditActions.ToolServerAdded, SubjectOf(server), ct);
        await client.RefreshAsync(server, ct);
        return server.Id;
    }

    public async Task<Outcome<Guid>> ChangeAsync(Guid person, Guid id, ToolServerInput input, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var others = await NamesAsync(person, id, ct);
        if (await db.ToolServers.OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } server)
        {
            return Failure.NotFound("tool server");
        }

        if (rules.Problem(input, others, server) is { } problem)
        {
            return problem;
        }

        if (rules.Apply(input, server))
        {
            // “Always” was said of the server that was there before.
            await db.MinionTools.Where(t => t.ServerId == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.IsAlways, false), ct);
        }

        await audit.CommitAsync(db, AuditActions.ToolServerChanged, SubjectOf(server), ct);
        await client.RefreshAsync(server, ct);
        return id;
    }

    /// <summary>Reads the tools of a server anew.</summary>
    public async Task<Outcome<Guid>> RefreshAsync(Guid person, Guid id, CancellationToken ct)
    {
        if (await db.ToolServers.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } server)
        {
            return Failure.NotFound("tool server");
        }

        await client.RefreshAsync(server, ct);
        return id;
    }

    /// <summary>Deletes a server with its headers; no minion has its tools any more.</summary>
    /// <returns>Its name.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.ToolServers.OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } server)
        {
            return Failure.NotFound("tool server");
        }

        db.ToolServers.Remove(server);
        await audit.CommitAsync(db, AuditActions.ToolServerDeleted, SubjectOf(server), ct);
        live.Publish(person, new LiveEvent(Changed, id, null));
        return server.Name;
    }

    /// <summary>The names of the person's servers, which nobody changes until the transaction ends.</summary>
    private async Task<List<string>> NamesAsync(Guid person, Guid? except, CancellationToken ct)
    {
        await AdvisoryLocks.TakeAsync(db, person, AdvisoryLocks.Additions, ct);
        return await db.ToolServers.OwnedBy(person).Where(s => s.Id != except).Select(s => s.Name).ToListAsync(ct);
    }

    /// <summary>The server as the audit log names it: without the path of its URL, which may hold a secret.</summary>
    private static string SubjectOf(ToolServer server) =>
        server.IsCommand ? server.Name : $"{server.Name}, {new Uri(server.Url).Authority}";
}
