namespace Republic.Core.Tools.Servers;

/// <summary>A tool server as a person enters it. A field that is left out stays as it is.</summary>
public sealed record ToolServerInput(string? Name, string? Url)
{
    /// <summary>The headers that replace all stored ones; null to keep those, as long as the URL stays the same.</summary>
    public IReadOnlyDictionary<string, string?>? Headers { get; init; }

    /// <summary>A command of the list instead of a URL; null for a server over HTTP. It is chosen once.</summary>
    public Guid? CommandId { get; init; }
}
