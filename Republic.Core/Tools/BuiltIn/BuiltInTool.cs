namespace Republic.Core.Tools.BuiltIn;

/// <summary>A tool that comes with Republic.</summary>
/// <param name="Name">The name by which models call it, and which it has in the API.</param>
/// <param name="Title">The name that people read: “Search knowledge”.</param>
/// <param name="Note">A few words below the title: “its collections”.</param>
/// <param name="Description">The description that the model reads.</param>
public sealed record BuiltInTool(string Name, string Title, string Note, ToolEffect Effect, string Description)
{
    /// <summary>A holder of the minion's key, or a reader of a shared task, may have it called: it touches no chats, memories or tasks, and no other machine.</summary>
    public bool IsForKeys { get; init; }

    public ToolSubject Subject { get; init; }

    /// <summary>
    /// Makes the method that is called in one answer. Its parameters, with their descriptions, are those that the model is told; a
    /// <see cref="CancellationToken"/> is not. It returns the text of the result; an exception of the kind <see cref="ToolException"/> is the
    /// reason why there is none, for the model and for people.
    /// </summary>
    internal Func<ToolScope, Delegate> Method { get; init; } = null!;

    /// <summary>For <see cref="ToolEffect.Sends"/>: true where a call with these arguments may be made unasked.</summary>
    internal Func<ToolScope, IReadOnlyDictionary<string, System.Text.Json.JsonElement>, bool>? MaySend { get; init; }
}
