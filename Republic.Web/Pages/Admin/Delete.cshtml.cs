using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Admin.People;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>Shows what goes with an account before it goes.</summary>
public sealed class DeleteModel(PeopleReader reader, PersonDeletion deletion) : SuperuserPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Typed again, so that nobody is deleted by a slip.</summary>
    [BindProperty]
    public string? Name { get; set; }

    public PersonLine Shown { get; private set; } = null!;

    public PersonBelongings Belongings { get; private set; } = null!;

    public IReadOnlyList<string> Lines =>
        [
            .. new (long Count, string One, string More)[]
            {
                (Belongings.Minions, "minion", "minions, with their versions and weights"),
                (Belongings.Chats, "chat", "chats"),
                (Belongings.Tasks, "task", "tasks"),
                (Belongings.SharedTasks, "of them is shared with others, who lose it", "of them are shared with others, who lose them"),
                (Belongings.Comments, "comment on a task of somebody else", "comments on tasks of others"),
                (Belongings.Scenarios, "scenario", "scenarios"),
                (Belongings.Episodes, "episode", "episodes, with all of their timelines"),
                (Belongings.Datasets, "dataset", "datasets"),
                (Belongings.Documents, "document", "documents"),
                (Belongings.Memories, "memory", "memories"),
                (Belongings.Models, "personal model", "personal models"),
                (Belongings.Runs, "training run", "training runs"),
                (Belongings.Keys, "stored key of a provider", "stored keys of providers"),
            }
                .Where(one => one.Count > 0)
                .Select(one => Figures.Count(one.Count, one.One, one.More)),
            $"{ByteSize.Of(Belongings.Bytes)} on the disk",
        ];

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(failure: null, ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var found = await reader.FindAsync(Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        if (!string.Equals(Name?.Trim(), found.Value.Name, StringComparison.Ordinal))
        {
            ModelState.AddModelError(nameof(Name), $"Type “{found.Value.Name}”. Nothing was deleted.");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync(failure: null, ct);
        }

        var deleted = await deletion.DeleteAsync(Asking.Id, Id, ct);
        if (!deleted.Ok)
        {
            return await ShowAsync(deleted.Failure, ct);
        }

        this.Toast($"The account of {deleted.Value} is deleted.");
        return RedirectToPage("/Admin/Index");
    }

    private async Task<IActionResult> ShowAsync(Failure? failure, CancellationToken ct)
    {
        var (found, goes) = (await reader.FindAsync(Id, ct), await reader.BelongingsAsync(Id, ct));
        if (!found.Ok || !goes.Ok)
        {
            return this.Refuse(found.Failure ?? goes.Failure!);
        }

        (Shown, Belongings) = (found.Value, goes.Value);
        return failure is null ? Page() : this.Refuse(failure);
    }
}
