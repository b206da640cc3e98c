using Republic.Core.Tasks.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>What came of changing many tasks: "3 moved, 1 refused: …".</summary>
internal static class TaskBatchWords
{
    /// <param name="done">What was done to them, such as "moved".</param>
    public static string Of(TaskBatchResult result, string done) =>
        result switch
        {
            { Done: 0, Refused: 0 } => "No task was selected. Tick some first.",
            { Refused: 0 } => $"{Figures.Count(result.Done)} {done}.",
            _ => $"{Figures.Count(result.Done)} {done}, {Figures.Count(result.Refused)} refused: {result.Reason}",
        };
}
