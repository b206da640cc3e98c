using Republic.Core.Tools.Servers;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>The words and colours for the state of a tool server.</summary>
internal static class ServerWords
{
    public static (string Text, string Tone) Pill(ToolServerCard server) =>
        server.Status switch
        {
            ToolServerStatus.Error => ("Not read", "bad"),
            ToolServerStatus.SignIn => ("Sign in needed", "warn"),
            ToolServerStatus.Changed => ("Asks again", "warn"),
            _ => ("Fine", "good"),
        };

    /// <summary>The server in a line: “cal.example.org · 5 tools · of Ada, Rook”.</summary>
    public static string Line(ToolServerCard server) =>
        string.Join(
            " · ",
            Host(server),
            Figures.Count(server.Tools.Count, "tool", "tools"),
            server.Minions.Count == 0 ? "no minion has one" : $"of {string.Join(", ", server.Minions.Select(minion => minion.Name))}"
        );

    /// <summary>The host of the server, “cal.example.org”, or its command of this machine.</summary>
    public static string Host(ToolServerCard server) =>
        server.Kind == ToolServerKind.Http ? new Uri(server.Url).Authority
        : server.Command is { } command ? $"{command}, on this machine"
        : "a command that is gone";

    /// <summary>Why the person has to sign in, for the page where they do.</summary>
    public static string SignIn(ToolServerCard server) =>
        server.Error is { } error && !error.EndsWith(ToolServerClient.PlaceOfSignIn, StringComparison.Ordinal)
            ? error
            : "It wants you to sign in.";

    /// <summary>Its description is not what it was when a minion was allowed to call it.</summary>
    public static bool HasOtherWords(ServerToolCard tool) =>
        tool is { Changed: true, EarlierDescription: { } earlier } && earlier != tool.Description;
}
