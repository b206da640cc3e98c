using Republic.Core.Tasks.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>What came of changing many tasks: "3 moved, 1 refused: …".</summary>
internal static class TaskBatchWords
{
    /// <param name="what">The change, as the form names it.</param>
    public static string Of(TaskBatchResult result, string? what)
    {
        var done = $"{Figures.Count(result.Done)} {Word(what)}";
        return result switch
        {
            { Refused: { } refused } => $"{done}, {Figures.Count(result.NotDone)} refused: {refused.Message}",
            { Done: 0 } => "No task was selected. Tick some first.",
            _ => $"{done}.",
        };
    }

    private static string Word(string? what) =>
        what switch
        {
            "assign" => "assigned",
            "archive" => "archived",
            _ => "moved",
        };
}
