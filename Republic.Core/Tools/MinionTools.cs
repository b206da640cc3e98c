using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>Offers a model the tools that are switched on for its minion, as far as the audience of the answer may have them called.</summary>
internal sealed class MinionTools(
    IDbContextFactory<RepublicDb> databases,
    LinkedCollections linked,
    BuiltInTools builtIns,
    ToolServerClient client,
    ToolJournals journals
) : IMinionTools
{
    public async Task<ToolSession?> OpenAsync(ToolOrder order, CancellationToken ct)
    {
        var minion = order.Minion;
        if (order.Audience == AnswerAudience.Training)
        {
            return null;
        }

        var (rows, servers) = await ReadAsync(order, ct);
        // An answer that waited goes on with the calls that it had, whatever was switched off meanwhile.
        if (rows.Count == 0 && order.Earlier.Count == 0)
        {
            return null;
        }

        var collections = await linked.ForAsync(minion, order.Audience, order.Collections, ct);
        var session = new ToolSession(journals.Open(order))
        {
            Earlier = order.Earlier,
            CanAsk = order.Audience is AnswerAudience.Owner or AnswerAudience.Task or AnswerAudience.Episode,
            HasReadOthers = order.HasReadOthers,
        };
        var scope = new ToolScope(order, [.. collections.Select(collection => collection.Id)]) { Session = session };
        scope.Addresses.UnionWith(order.Said.SelectMany(text => WebAddresses.In(text)));
        session.Offered = [.. OfRepublic(rows, scope), .. OfServers(rows, servers, session)];
        return session.Offered.Count == 0 && order.Earlier.Count == 0 ? null : session;
    }

    /// <summary>The tools that are switched on and may be used, and the servers that they are on.</summary>
    private async Task<(List<MinionTool> Rows, List<ToolServer> Servers)> ReadAsync(ToolOrder order, CancellationToken ct)
    {
        var (person, minion) = (order.Minion.OwnerId, order.Minion.Id);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.MinionTools.AsNoTracking().OwnedBy(person).Where(tool => tool.MinionId == minion).ToListAsync(ct);
        rows.RemoveAll(tool => !MayUse(order, tool.ServerId is null ? builtIns.Find(tool.Tool) : null));
        var ids = rows.Select(tool => tool.ServerId).OfType<Guid>().Distinct().ToList();
        List<ToolServer> servers =
            ids.Count == 0
                ? []
                : await db
                    .ToolServers.AsNoTracking()
                    .OwnedBy(person)
                    .Where(server => ids.Contains(server.Id))
                    .OrderBy(server => server.Name)
                    .ToListAsync(ct);
        return (rows, servers);
    }

    /// <summary>
    /// A holder of the minion's key, or a reader of a shared task, reaches no server; only a chat is given memories; and players of an episode hear
    /// nothing of its person's own but the collections that the minion is linked to.
    /// </summary>
    /// <param name="own">Null for a tool of a server.</param>
    private static bool MayUse(ToolOrder order, BuiltInTool? own) =>
        order switch
        {
            { Audience: AnswerAudience.KeyHolder } or { IsShared: true } => own is { IsForKeys: true },
            { Audience: AnswerAudience.Task } => own is not { Subject: ToolSubject.Chats or ToolSubject.Memories },
            { Audience: AnswerAudience.Episode } => own is not { Subject: not ToolSubject.None },
            { Audience: AnswerAudience.Program, MayReadPersonal: true } => own is not { Subject: ToolSubject.Memories },
            { Audience: AnswerAudience.Program } => own is not { Subject: not ToolSubject.None },
            _ => true,
        };

    private IEnumerable<OfferedTool> OfRepublic(List<MinionTool> rows, ToolScope scope) =>
        from tool in builtIns.All
        from row in rows
        where row.ServerId is null && row.Tool == tool.Name
        select BuiltInTools.Offer(tool, scope, row.IsAlways);

    private IEnumerable<OfferedTool> OfServers(List<MinionTool> rows, List<ToolServer> servers, ToolSession session)
    {
        var names = new ToolNames(builtIns.All.Select(tool => tool.Name));
        return from server in servers
            from tool in server.Tools
            from row in rows
            where row.ServerId == server.Id && row.Tool == tool.Name
            select RemoteTool.Offer(client, server, tool, session, names.Of(server.Name, tool.Name), row);
    }
}
