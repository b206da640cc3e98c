namespace Republic.Core.Tools.Servers;

/// <summary>The state of a server, as it was last read.</summary>
public enum ToolServerStatus
{
    Fine,

    /// <summary>The tools of the server could not be read.</summary>
    Error,

    /// <summary>The server describes a tool otherwise than when it was allowed to a minion.</summary>
    Changed,

    /// <summary>The person has to sign in to it first.</summary>
    SignIn,
}
