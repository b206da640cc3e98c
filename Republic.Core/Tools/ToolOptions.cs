namespace Republic.Core.Tools;

/// <summary>Settings of tools, section <c>Tools</c>.</summary>
public sealed class ToolOptions
{
    public const string Section = "Tools";

    /// <summary>The address of a SearXNG that searches the web for minions; empty for none.</summary>
    public string SearchUrl { get; set; } = "";

    /// <summary>
    /// Private hosts, or host:port, whose pages minions may read. Hosts that are allowed for models are not among them: to ask a model there is not to
    /// read whatever else that host serves.
    /// </summary>
    public IList<string> PageHosts { get; init; } = [];

    /// <summary>The megabytes of memory that each process of a tool command may take.</summary>
    public int CommandMegabytes { get; set; } = 1024;
}
