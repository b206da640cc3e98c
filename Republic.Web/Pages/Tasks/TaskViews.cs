using Republic.Core.Tasks.Board;

namespace Republic.Web.Pages.Tasks;

/// <summary>Reads what the page of tasks shows.</summary>
public sealed class TaskViews(TaskCards cards, TaskChoices choices, TaskFilters filters, TimeProvider time)
{
    private const int PageSize = 100;
    private const int DaysOfWeek = 7;

    public async Task<TaskBoardView> ReadAsync(Guid person, BoardAddress address, CancellationToken ct)
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        // A week begins on a Monday, as ISO 8601 has it.
        var monday = today.AddDays(DaysOfWeek - (((int)today.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
        var query = address.ToQuery(monday);
        var view = new TaskBoardView(person, address, await cards.CountsAsync(person, monday, ct), today)
        {
            Assignable = await choices.AssignableAsync(person, root: null, ct),
            Filters = await filters.ListAsync(person, ct),
        };
        if (!address.IsTable)
        {
            return view with { Columns = await cards.BoardAsync(person, query, ct) };
        }

        var rows = await cards.ListAsync(person, query, PageSize + 1, address.Before, ct);
        return view with { Rows = [.. rows.Take(PageSize)], Older = rows.Count > PageSize ? rows[PageSize - 1].Id : null };
    }
}
