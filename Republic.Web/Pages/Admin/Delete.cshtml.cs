using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Admin.People;
using Republic.Core.Leaving;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>Shows what goes with an account before it goes.</summary>
public sealed class DeleteModel(PeopleReader reader, LeavingReader leaving, AccountDeletion deletion) : SuperuserPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Typed again, so that nobody is deleted by a slip.</summary>
    [BindProperty]
    public string? Name { get; set; }

    public PersonLine Shown { get; private set; } = null!;

    public PersonBelongings Belongings { get; private set; } = null!;

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
        var (found, goes) = (await reader.FindAsync(Id, ct), await leaving.BelongingsAsync(Id, ct));
        if (!found.Ok || !goes.Ok)
        {
            return this.Refuse(found.Failure ?? goes.Failure!);
        }

        (Shown, Belongings) = (found.Value, goes.Value);
        return failure is null ? Page() : this.Refuse(failure);
    }
}
