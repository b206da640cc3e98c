using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

/// <summary>What a person does with the answers that a run lost. They stand in its report; this page has only what was refused.</summary>
public sealed class LostModel(LostAnswers lost, RunAgain again, RunViews views) : PageModel
{
    private const string AsGood = "as_good";
    private const string Worse = "worse";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    private Guid Me => CurrentPerson.From(User).Id;

    private string Report => $"/training/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await views.FindAsync(Me, Id, ct) is { Ok: false, Failure: var failure } ? this.Refuse(failure) : LocalRedirect($"{Report}#lost");

    /// <summary>Judges one of them; with another mark than these two it has none.</summary>
    public async Task<IActionResult> OnPostAsync(int? number, string? mark, CancellationToken ct)
    {
        var marked = number is { } chosen
            ? await lost.MarkAsync(Me, Id, chosen, mark is AsGood or Worse ? mark == AsGood : null, ct)
            : Failure.NotFound("lost answer");
        if (!marked.Ok)
        {
            return this.Refuse(marked.Failure);
        }

        if (!Request.IsHtmx())
        {
            return LocalRedirect($"{Report}#lost-{number}");
        }

        var view = await views.FindAsync(Me, Id, ct);
        return view.Ok ? Partial("_ReportVerdict", view.Value) : this.Refuse(view.Failure);
    }

    /// <summary>Makes the run once more, so that it keeps them.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken ct)
    {
        var made = await again.KeepingAsync(Me, Id, ct);
        return made.Ok ? LocalRedirect($"/training/{made.Value}") : this.Refuse(made.Failure);
    }
}
