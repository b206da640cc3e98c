using ModelContextProtocol.Client;

namespace Republic.Core.Tools.Servers;

/// <summary>The connection of one conversation with a tool server, closed at its end.</summary>
internal abstract class ToolServerChannel : IAsyncDisposable
{
    public abstract IClientTransport Transport { get; }

    /// <summary>What the other side was given and must not give back.</summary>
    public virtual ToolServerSecrets Secrets => ToolServerSecrets.None;

    /// <summary>The access token that the server did not take, before anything was called; null where there is none.</summary>
    public virtual string? SpentToken => null;

    /// <summary>The server says where to sign in.</summary>
    public virtual bool WantsSignIn => false;

    /// <summary>Says in a sentence why the conversation failed.</summary>
    public abstract Task<string> ExplainAsync(Exception error);

    /// <summary>Closes the conversation for good: the other side is not waited for.</summary>
    public virtual void End() { }

    public abstract ValueTask DisposeAsync();
}
