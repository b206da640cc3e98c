using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.Calls;

/// <summary>A query for tool calls, the newest first.</summary>
/// <param name="Person">The person whose minions asked for them.</param>
public sealed record ToolCallQuery(Guid Person)
{
    /// <summary>Only those of this minion; null: of all.</summary>
    public Guid? Minion { get; init; }

    public ToolCallStatus? Status { get; init; }

    /// <summary>The last call of the page before this one; null on the first.</summary>
    public Guid? Before { get; init; }

    public int Limit { get; init; } = ToolCallReader.MaxPage;
}
