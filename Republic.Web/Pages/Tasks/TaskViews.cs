using Republic.Core.Tasks.Board;

namespace Republic.Web.Pages.Tasks;

/// <summary>Reads what the page of tasks shows.</summary>
public sealed class TaskViews(TaskCards cards, TaskChoices choices, TaskFilters filters)
{
    private const int PageSize = 100;
    private const int DaysOfWeek = 7;

    /// <param name="today">Of <see cref="TaskTimes"/>.</param>
    /// <param name="isPart">The board or the list alone is fetched again, and not the forms around it.</param>
    public async Task<TaskBoardView> ReadAsync(Guid person, BoardAddress address, DateTimeOffset today, bool isPart, CancellationToken ct)
    {
        // A week begins on a Monday, as ISO 8601 has it.
        var monday = today.AddDays(DaysOfWeek - (((int)today.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
        var query = address.ToQuery(monday);
        var view = new TaskBoardView(person, address, await cards.CountsAsync(person, monday, ct), today)
        {
            // To ask for them also has models probed, before a form is opened.
            Assignable = isPart && !address.IsTable ? [] : await choices.AssignableAsync(person, root: null, ct),
            Filters = isPart ? [] : await filters.ListAsync(person, ct),
        };
        if (!address.IsTable)
        {
            return view with { Columns = await cards.BoardAsync(person, query, ct) };
        }

        var rows = await cards.ListAsync(person, query, PageSize + 1, address.Before, ct);
        return view with { Rows = [.. rows.Take(PageSize)], Older = rows.Count > PageSize ? rows[PageSize - 1].Id : null };
    }
}
