namespace Republic.Core.Tools.Servers;

/// <summary>The transport of a tool server.</summary>
public enum ToolServerKind
{
    Http,

    /// <summary>Standard input and output of a tool command.</summary>
    Stdio,
}
