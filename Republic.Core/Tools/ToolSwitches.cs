using Republic.Core.Minions;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>The tools of one minion while they are changed, in memory. Where a change is refused, none is saved.</summary>
/// <param name="before">The tools that are on.</param>
/// <param name="servers">All servers of the minion's person.</param>
internal sealed class ToolSwitches(
    Minion minion,
    IReadOnlyList<MinionTool> before,
    IReadOnlyList<ToolServer> servers,
    BuiltInTools builtIns,
    DateTimeOffset now
)
{
    private readonly List<MinionTool> rows = [.. before];
    private readonly List<string> changes = [];

    public IEnumerable<MinionTool> Added => rows.Except(before);

    public IEnumerable<MinionTool> Removed => before.Except(rows);

    /// <summary>The changes for the audit log, in a few words each: “forge/create_issue on”.</summary>
    public IReadOnlyList<string> Changes => [.. changes.Order(StringComparer.Ordinal)];

    public Failure? Save(MinionToolsInput input) => SaveBuiltIn(input.Builtin) ?? SaveServers(input.Servers) ?? TooMany();

    /// <param name="server">Null for a tool that comes with Republic.</param>
    public Failure? Switch(Guid? server, string tool, bool isOn)
    {
        var its = servers.FirstOrDefault(one => one.Id == server);
        if (server is not null && its is null)
        {
            return Failure.NotFound("tool server");
        }

        if (rows.Find(one => one.ServerId == server && one.Tool == tool) is { } known)
        {
            if (!isOn)
            {
                Remove(known);
            }

            return null;
        }

        if (its is null ? builtIns.Find(tool) is null : its.Tools.TrueForAll(one => one.Name != tool))
        {
            return Failure.NotFound("tool");
        }

        if (isOn)
        {
            Add(its, tool);
        }

        return TooMany();
    }

    public Failure? SwitchServer(Guid server, bool isOn)
    {
        if (servers.FirstOrDefault(one => one.Id == server) is not { } its)
        {
            return Failure.NotFound("tool server");
        }

        if (isOn)
        {
            return SaveAll(its) ?? TooMany();
        }

        Set(its, []);
        return null;
    }

    /// <param name="seen">The hashes of what the person read: what changed again meanwhile is not allowed by it. Null allows all.</param>
    public Failure? AllowChanged(Guid server, IReadOnlyCollection<string>? seen)
    {
        if (ChangedOf(server) is not { } changed)
        {
            return Failure.NotFound("tool server");
        }

        foreach (var (tool, present) in changed.Where(one => seen?.Contains(one.Present.Hash) != false))
        {
            tool.Allow(present);
            tool.IsAlways = false;
            changes.Add($"{NameOf(tool)} allowed as it is now");
        }

        return null;
    }

    public Failure? TurnChangedOff(Guid server)
    {
        if (ChangedOf(server) is not { } changed)
        {
            return Failure.NotFound("tool server");
        }

        changed.ForEach(one => Remove(one.Tool));
        return null;
    }

    public Failure? ForgetAlways(Guid? server, string tool)
    {
        if (rows.Find(one => one.ServerId == server && one.Tool == tool) is not { } known)
        {
            return Failure.NotFound("tool");
        }

        if (known.IsAlways)
        {
            known.IsAlways = false;
            changes.Add($"{NameOf(known)} asks again");
        }

        return null;
    }

    private Failure? SaveBuiltIn(IReadOnlyList<string?>? names)
    {
        if (names is null)
        {
            return null;
        }

        var known = names.OfType<string>().Where(name => builtIns.Find(name) is not null).ToList();
        if (known.Count < names.Count)
        {
            return Failure.Invalid(
                "builtin",
                $"builtin names a tool that there is not. There are {string.Join(", ", builtIns.All.Select(tool => tool.Name))}."
            );
        }

        Set(server: null, known);
        return null;
    }

    private Failure? SaveServers(IReadOnlyList<ServerToolsInput?>? inputs)
    {
        if (inputs is null)
        {
            return null;
        }

        // JSON can hold null anywhere.
        var wanted = inputs.OfType<ServerToolsInput>().DistinctBy(input => input.Id).ToList();
        if (inputs.Contains(null))
        {
            return Failure.Invalid("servers", "servers must hold objects with an id.");
        }

        if (wanted.Exists(input => servers.All(server => server.Id != input.Id)))
        {
            return Failure.NotFound("tool server");
        }

        return servers
            .Select(server => SaveServer(server, wanted.Find(input => input.Id == server.Id)))
            .FirstOrDefault(one => one is not null);
    }

    private Failure? SaveServer(ToolServer server, ServerToolsInput? input)
    {
        if (input is { Tools: null })
        {
            return SaveAll(server);
        }

        var given = input?.Tools ?? [];
        var names = given.OfType<string>().Where(name => server.Tools.Exists(tool => tool.Name == name)).ToList();
        if (names.Count < given.Count)
        {
            return Failure.Invalid(
                "servers",
                $"tools names one that {server.Name} does not have. If it is new there, have the server’s tools read again first."
            );
        }

        Set(server, names);
        return null;
    }

    private Failure? SaveAll(ToolServer server)
    {
        if (server.Tools.Count == 0)
        {
            return Failure.Conflict(
                $"{server.Name} has shown no tools yet, so there is nothing to switch on. Have its tools read again first."
            );
        }

        Set(server, server.Tools.ConvertAll(tool => tool.Name));
        return null;
    }

    private void Set(ToolServer? server, List<string> names)
    {
        rows.Where(tool => tool.ServerId == server?.Id && !names.Contains(tool.Tool)).ToList().ForEach(Remove);
        foreach (
            var name in names
                .Distinct(StringComparer.Ordinal)
                .Where(name => !rows.Exists(tool => tool.ServerId == server?.Id && tool.Tool == name))
                .ToList()
        )
        {
            Add(server, name);
        }
    }

    private void Add(ToolServer? server, string name)
    {
        var tool = new MinionTool
        {
            OwnerId = minion.OwnerId,
            MinionId = minion.Id,
            ServerId = server?.Id,
            Tool = name,
            CreatedAt = now,
        };
        if (server is not null)
        {
            tool.Allow(server.Tools.First(one => one.Name == name));
        }

        rows.Add(tool);
        changes.Add($"{NameOf(tool)} on");
    }

    private void Remove(MinionTool tool)
    {
        rows.Remove(tool);
        changes.Add($"{NameOf(tool)} off");
    }

    /// <summary>Tools of a server that are on, and of which it says something else now. Null where there is no such server.</summary>
    private List<(MinionTool Tool, ServerTool Present)>? ChangedOf(Guid server) =>
        servers.FirstOrDefault(one => one.Id == server) is { } its
            ?
            [
                .. from tool in rows
                from present in its.Tools
                where tool.ServerId == server && tool.Tool == present.Name && tool.IsChanged(present)
                select (tool, present),
            ]
            : null;

    private Failure? TooMany() =>
        rows.Count > MinionTool.MostPerMinion && rows.Count > before.Count
            ? Failure.Conflict(
                $"A minion has at most {MinionTool.MostPerMinion} tools, since its model reads what each of them is before every answer. Switch others off first."
            )
            : null;

    private string NameOf(MinionTool tool) =>
        servers.FirstOrDefault(one => one.Id == tool.ServerId) is { } server ? $"{server.Name}/{tool.Tool}" : tool.Tool;
}
