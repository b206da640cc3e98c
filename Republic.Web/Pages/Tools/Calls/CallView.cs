using Republic.Core.Answering.Tools;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>A tool call as a line that opens.</summary>
/// <param name="Minion">The name of the minion that asked for it.</param>
/// <param name="IsInAnswer">It stands in the answer that asked for it.</param>
public sealed record CallView(ToolCallRow Call, string Minion, bool IsInAnswer = false)
{
    public bool IsOpen { get; init; }
}
