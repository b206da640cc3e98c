using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.Calls;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>Reads which tools a person's minions have, and what they have called.</summary>
public sealed class MinionToolCards(RepublicDb db, BuiltInTools builtIns, ProviderCatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan Counting = TimeSpan.FromDays(7);

    /// <summary>Models may ask for tools that there are not, by any number of names.</summary>
    private const int MostFigures = 100;

    public async Task<Outcome<MinionToolsCard>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        if (await db.Minions.AsNoTracking().OwnedBy(person).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var rows = await db.MinionTools.AsNoTracking().OwnedBy(person).Where(tool => tool.MinionId == id).ToListAsync(ct);
        var servers = await db.ToolServers.AsNoTracking().OwnedBy(person).OrderBy(server => server.Name).ToListAsync(ct);
        return new MinionToolsCard
        {
            Minion = minion,
            TakesTools = catalog.Find(minion.Provider)?.TakesTools(minion.ModelId) != false,
            BuiltIn =
            [
                .. from tool in builtIns.All
                let switched = rows.Find(one => one.ServerId is null && one.Tool == tool.Name)
                select new BuiltInToolCard(tool, switched is not null, switched?.IsAlways == true),
            ],
            Servers = servers.ConvertAll(server => CardOf(server, rows)),
            Called = await CalledAsync(person, id, ct),
        };
    }

    private static MinionServerCard CardOf(ToolServer server, List<MinionTool> rows) =>
        new()
        {
            Id = server.Id,
            Name = server.Name,
            Url = server.Url,
            Error = server.Error,
            ReadAt = server.ReadAt,
            Tools =
            [
                .. from tool in server.Tools
                let switched = rows.Find(one => one.ServerId == server.Id && one.Tool == tool.Name)
                let isChanged = switched?.IsChanged(tool) == true
                select new MinionServerTool(tool, switched is not null, switched?.IsAlways == true && !isChanged, isChanged),
            ],
        };

    private Task<List<ToolFigures>> CalledAsync(Guid person, Guid minion, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Counting;
        return db
            .ToolCalls.VisibleTo(db, person)
            .Where(call => call.MinionId == minion && call.AskedAt >= since)
            .GroupBy(call => new { call.Tool, call.ServerId })
            .OrderByDescending(calls => calls.Count())
            .ThenBy(calls => calls.Key.Tool)
            .Select(calls => new ToolFigures(
                calls.Key.Tool,
                calls.Key.ServerId,
                calls.Max(call => call.Server),
                calls.Count(),
                calls.Count(call =>
                    !call.IsUnasked
                    && call.Status != ToolCallStatus.Pending
                    && call.Status != ToolCallStatus.Refused
                    && call.Status != ToolCallStatus.Expired
                ),
                calls.Count(call => call.Status == ToolCallStatus.Refused),
                calls.Count(call => call.Status == ToolCallStatus.Failed)
            ))
            .Take(MostFigures)
            .ToListAsync(ct);
    }
}
