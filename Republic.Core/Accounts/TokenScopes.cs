namespace Republic.Core.Accounts;

/// <summary>What a personal access token may do in its owner's name.</summary>
public static class TokenScopes
{
    /// <summary>Reads through <c>/api</c>.</summary>
    public const string Read = "read";

    /// <summary>Makes, changes and deletes through <c>/api</c>.</summary>
    public const string Write = "write";

    /// <summary>Talks with the person's minions through <c>/v1</c>.</summary>
    public const string Chat = "chat";

    /// <summary>Calls the person's minions, collections and tasks as tools through <c>/mcp</c>.</summary>
    public const string Tools = "tools";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Chat, Tools];
}
