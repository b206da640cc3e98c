namespace Republic.Core.Tools.BuiltIn;

/// <summary>The kind of the person's own data that a tool reads or writes.</summary>
public enum ToolSubject
{
    /// <summary>None: collections, the time, arithmetic, the web.</summary>
    None,
    Chats,
    Memories,
    Tasks,
}
