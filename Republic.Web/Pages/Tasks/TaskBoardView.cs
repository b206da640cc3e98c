using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>What the page of tasks shows.</summary>
/// <param name="Today">Of <see cref="TaskTimes"/>.</param>
public sealed record TaskBoardView(Guid Me, BoardAddress Address, TaskCounts Counts, DateTimeOffset Today)
{
    /// <summary>Empty where a list is shown.</summary>
    public IReadOnlyList<TaskColumn> Columns { get; init; } = [];

    /// <summary>Empty where the columns are shown.</summary>
    public IReadOnlyList<TaskCard> Rows { get; init; } = [];

    /// <summary>The last of this page of the list; null where no other follows.</summary>
    public Guid? Older { get; init; }

    /// <summary>Empty where the columns alone are shown.</summary>
    public IReadOnlyList<TaskCitizen> Assignable { get; init; } = [];

    /// <summary>Empty where the columns or the list alone are shown.</summary>
    public IReadOnlyList<TaskFilter> Filters { get; init; } = [];

    public IEnumerable<TaskAssignee> Others => Counts.Assignees.Where(one => one.Citizen.Id != Me);

    /// <summary>What the person came to learn.</summary>
    public string Sentence
    {
        get
        {
            if (Address.IsArchive)
            {
                return "Archived tasks are kept here, off the board.";
            }

            if (Counts.All == 0)
            {
                return "Nothing is to be done yet.";
            }

            List<string> waiting = [];
            if (Counts.Review > 0)
            {
                waiting.Add($"{Figures.Count(Counts.Review)} {(Counts.Review == 1 ? "waits" : "wait")} for your review");
            }

            if (Counts.Blocked > 0)
            {
                waiting.Add($"{Figures.Count(Counts.Blocked)} {Counted.Are(Counts.Blocked)} blocked");
            }

            var open = Counts.Open == 0 ? "All of it is done." : $"{Figures.Count(Counts.Open, "open task")}.";
            return waiting.Count == 0 ? open : $"{open} {string.Join(", ", waiting)}.";
        }
    }

    /// <summary>When it is due, and how that should be seen; null where it is not, or done.</summary>
    public (string Day, string? Tone)? DueOf(TaskCard card) => TaskTimes.Due(card.DueAt, card.Status, Today);
}
