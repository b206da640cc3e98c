using Republic.Core.Tasks.Board;

namespace Republic.Web.Pages.Tasks;

/// <summary>Reads what the page of tasks shows.</summary>
public sealed class TaskViews(TaskCards cards, TaskCounter counter, TaskChoices choices, TaskFilters filters)
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
        // Side by side: the counts take as long as the cards.
        var counts = counter.CountAsync(person, monday, ct);
        var columns = address.IsTable ? Task.FromResult<IReadOnlyList<TaskColumn>>([]) : cards.BoardAsync(person, query, ct);
        var rows = address.IsTable
            ? cards.ListAsync(person, query, PageSize + 1, address.Before, ct)
            : Task.FromResult<IReadOnlyList<TaskCard>>([]);
        await Task.WhenAll(counts, columns, rows);
        return new TaskBoardView(person, address, await counts, today)
        {
            Columns = await columns,
            Rows = [.. (await rows).Take(PageSize)],
            Older = (await rows).Count > PageSize ? (await rows)[PageSize - 1].Id : null,
            // To ask for them also has models probed, before a form is opened.
            Assignable = isPart && !address.IsTable ? [] : await choices.AssignableAsync(person, root: null, ct),
            Filters = isPart ? [] : await filters.ListAsync(person, ct),
        };
    }
}
