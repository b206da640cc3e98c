using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Calls;

namespace Republic.Core.Tools;

/// <summary>The limits of tool calls, the same for every minion.</summary>
/// <param name="Calls">The most calls in one answer.</param>
/// <param name="Seconds">The time that one call may take.</param>
/// <param name="ResultBytes">The most bytes of one result; a longer one is cut.</param>
/// <param name="WaitingDays">The days that a call waits for a person.</param>
/// <param name="Tools">The most tools that are switched on for one minion.</param>
public sealed record ToolLimits(int Calls, int Seconds, int ResultBytes, int WaitingDays, int Tools)
{
    public static ToolLimits Present { get; } =
        new(
            ToolSession.MaxCalls,
            (int)ToolSession.Patience.TotalSeconds,
            ToolCall.MaxResult,
            (int)ToolSweep.Patience.TotalDays,
            MinionTool.MostPerMinion
        );
}
