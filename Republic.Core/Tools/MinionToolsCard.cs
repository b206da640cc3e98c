using Republic.Core.Minions;

namespace Republic.Core.Tools;

/// <summary>The tools of a minion, and how often it asked for them.</summary>
public sealed record MinionToolsCard
{
    public required Minion Minion { get; init; }

    /// <summary>Its model can call tools.</summary>
    public required bool TakesTools { get; init; }

    public required IReadOnlyList<BuiltInToolCard> BuiltIn { get; init; }

    /// <summary>All servers of its person, by name.</summary>
    public required IReadOnlyList<MinionServerCard> Servers { get; init; }

    /// <summary>Its calls of the last seven days by tool, the most frequent first.</summary>
    public required IReadOnlyList<ToolFigures> Called { get; init; }

    /// <summary>In short: “9 of 13 built-in tools on, 2 servers”.</summary>
    public string Sentence
    {
        get
        {
            var servers = Servers.Count(server => server.On.Count > 0);
            var builtIn = $"{Counted.Of(BuiltIn.Count(tool => tool.IsOn))} of {Counted.Of(BuiltIn.Count, "built-in tool")} on";
            return servers == 0 ? builtIn : $"{builtIn}, {Counted.Of(servers, "server")}";
        }
    }
}
