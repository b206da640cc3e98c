using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Comparisons;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>The answers of one comparison side by side, as they come.</summary>
public sealed class ComparisonModel(ComparisonCards cards, ComparisonEditor editor, ComparisonControl control, LiveEvents live) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ComparisonCard Comparison { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var found = await cards.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Comparison = found.Value;
        return Request.IsHtmx() ? Partial("_Comparison", Comparison) : Page();
    }

    /// <param name="best">The position of an answer, or "tie".</param>
    public async Task<IActionResult> OnPostVoteAsync(string? best, CancellationToken ct) => Done(await editor.VoteAsync(Me, Id, best, ct));

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct) => Done(await control.StopAsync(Me, Id, ct));

    public async Task<IActionResult> OnPostRetryAsync(int position, CancellationToken ct) =>
        Done(await control.RetryAsync(Me, Id, position, ct));

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("The comparison is deleted.");
        return LocalRedirect("/training/comparisons");
    }

    private IActionResult Done(Outcome<Guid> outcome)
    {
        if (outcome.Failure is { Kind: FailureKind.NotFound } missing)
        {
            return this.Refuse(missing);
        }

        if (outcome.Failure is { } failure)
        {
            this.Toast(failure.Message, tone: "bad");
        }

        return LocalRedirect($"/training/comparisons/{Id}");
    }
}
