using Republic.Core.Tools;

namespace Republic.Web.Pages.Models;

/// <summary>The switches of a minion's tools, as a form sends them: those that are on.</summary>
public sealed class ToolsForm
{
    /// <summary>Names of built-in tools.</summary>
    public List<string> Builtin { get; set; } = [];

    /// <summary>Ids of servers.</summary>
    public List<Guid> Servers { get; set; } = [];

    /// <summary>Tools of servers, as <see cref="Key"/> writes them.</summary>
    public List<string> Tools { get; set; } = [];

    /// <summary>The hashes of the changed descriptions that the page showed.</summary>
    public List<string> Seen { get; set; } = [];

    public static string Key(Guid server, string tool) => $"{server}/{tool}";

    /// <summary>A server that is on without any of its tools has just been switched on: with all of them.</summary>
    public MinionToolsInput ToServers() => new(Servers: [.. Servers.Select(server => new ServerToolsInput(server, Of(server)))]);

    private string[]? Of(Guid server)
    {
        var begin = Key(server, "");
        string[] names =
        [
            .. Tools.OfType<string>().Where(tool => tool.StartsWith(begin, StringComparison.Ordinal)).Select(tool => tool[begin.Length..]),
        ];
        return names.Length == 0 ? null : names;
    }
}
