using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Comparisons;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>Comparisons of a minion's versions, how these have done, and the form of a new one.</summary>
public sealed class IndexModel(ComparisonViews views, ComparisonEditor editor, LiveEvents live) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    [BindProperty]
    public ComparisonForm Input { get; set; } = new();

    public ComparisonsView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public Guid Me => CurrentPerson.From(User).Id;

    /// <param name="chosen">Selected from the beginning, instead of the usual ones.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "versions")] int[] chosen, bool blind, CancellationToken ct)
    {
        ModelState.Clear();
        if (await LoadAsync(Minion, ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        Input = new ComparisonForm
        {
            Versions = [.. chosen.Length > 0 ? chosen : View.Usual],
            IsBlind = blind,
            Request = Guid.CreateVersion7(),
        };
        return Request.IsHtmx() ? Partial("_List", View) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var made = ModelState.IsValid
            ? await editor.CreateAsync(Me, Input.ToInput(), FormId.Of(Me, Input.Request), ct)
            : Failure.Invalid("candidates", "Choose the versions again.");
        if (made.Ok)
        {
            return LocalRedirect($"/training/comparisons/{made.Value}");
        }

        ModelState.Clear();
        return this.Refuse(await LoadAsync(Input.MinionId, ct) ?? made.Failure);
    }

    /// <summary>Without scripts: the form as it was, with a prompt of the person's own.</summary>
    public async Task<IActionResult> OnPostTakeAsync(string? own, CancellationToken ct)
    {
        ModelState.Clear();
        Input.Prompt = own;
        return await LoadAsync(Input.MinionId, ct) is { } failure ? this.Refuse(failure) : Page();
    }

    private async Task<Failure?> LoadAsync(Guid? minion, CancellationToken ct)
    {
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        var read = await views.ReadAsync(Me, minion, Before, ct);
        View = read.Value!;
        return read.Failure;
    }
}
