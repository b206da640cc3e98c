using Republic.Core.Tasks.Board;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>Citizens as the forms offer them for a task.</summary>
public static class AssigneeText
{
    private const string Meaning = "does not follow tasks well: it gets your request as it stands.";

    public static string Of(TaskCitizen who) =>
        IsOnSmallModel(who) ? $"{PlainName.Of(who.DisplayName)} (small model)" : PlainName.Of(who.DisplayName);

    /// <summary>The meaning of “small model” where that stands at one of them.</summary>
    /// <param name="chosen">The citizen who does the task now.</param>
    public static string? Hint(IReadOnlyList<TaskCitizen> offered, Guid? chosen)
    {
        var small = offered.Where(IsOnSmallModel).ToList();
        return small.Find(who => who.Id == chosen) is { } minion
                ? $"{PlainName.Of(minion.DisplayName)} runs on a small model that {Meaning}"
            : small.Count > 0 ? $"A minion on a small model {Meaning}"
            : null;
    }

    private static bool IsOnSmallModel(TaskCitizen who) => who.FollowsTasks == false;
}
