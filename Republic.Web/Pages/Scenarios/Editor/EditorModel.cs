using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Drafts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>A page of the editor: the graph of the draft, what is wrong with it, and the form of one element.</summary>
public abstract class EditorModel(ScenarioDrafts drafts, LiveEvents live) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ScenarioDraft Draft { get; private set; } = null!;

    /// <summary>The partial of the form.</summary>
    public abstract string Form { get; }

    /// <summary>The heading of the form.</summary>
    public abstract string Heading { get; }

    /// <summary>Where the form is, below the address of the editor: <c>/states/review</c>.</summary>
    public abstract string Path { get; }

    /// <summary>The name of the state that the form is of; null for another element.</summary>
    public virtual string? SelectedState => null;

    /// <summary>The form holds what the draft does not.</summary>
    public virtual bool IsUnsaved => !ModelState.IsValid;

    public Guid Me => CurrentPerson.From(User).Id;

    public string LivePosition { get; private set; } = "";

    public string Address(string path = "") => $"/scenarios/{Id}/edit{path}";

    /// <summary>Where an element that has a problem is mended; what a version has, by publishing the next one.</summary>
    public string Address(ScenarioProblem problem) =>
        problem.Version is not null ? $"/scenarios/{Id}/versions"
        : problem.State is { } state && Draft.State(state) is not null ? Address($"/states/{state}")
        : problem.Role is { } role && Draft.Role(role) is not null ? Address($"/roles/{role}")
        : problem.Fact is { } fact ? Address($"/facts/{fact}")
        : problem.Path == "states" ? Address("/states")
        : Address();

    /// <summary>The draft beside the form, after it was changed elsewhere. The form stays: what is typed into it is not lost.</summary>
    public async Task<IActionResult> OnGetDraftAsync(CancellationToken ct) =>
        await LoadAsync(ct) is { } failure ? this.Refuse(failure) : Partial("_EditorDraft", this);

    /// <returns>Null where the draft was found.</returns>
    protected async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        ModelState.Clear();
        LivePosition = live.Position(Me);
        var found = await drafts.FindAsync(Me, Id, ct);
        Draft = found.Value!;
        return found.Failure;
    }

    protected IActionResult Show()
    {
        this.ShowToasts();
        return Request.IsHtmx() ? Partial("_Editor", this) : Page();
    }

    /// <summary>Leads to the editor where an element is not called so any more, as when the browser goes back to it.</summary>
    protected IActionResult Missing(Failure failure, string element)
    {
        if (Draft is null)
        {
            return this.Refuse(failure);
        }

        this.Toast($"There is no {element} “{Heading}”.", "It may have been renamed or removed.", tone: "bad");
        return LocalRedirect(Address());
    }

    /// <summary>The form of an element that is not called so any more, with what was typed.</summary>
    protected IActionResult Gone(string element)
    {
        ModelState.AddModelError(
            "",
            $"This {element} was renamed or removed meanwhile, in another window or by a program. What you typed stays here: copy it, and open the {element} as it is called now."
        );
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Show();
    }

    /// <summary>Goes on to where the element is, or shows the form again with what was typed and what is wrong with it.</summary>
    /// <param name="path">Below the address of the editor.</param>
    protected async Task<IActionResult> DoneAsync<T>(Outcome<T> done, Func<string> path, string said, CancellationToken ct)
    {
        if (done.Ok)
        {
            this.Toast(said);
            return LocalRedirect(Address(path()));
        }

        if (done.Failure.Kind == FailureKind.NotFound || await LoadAsync(ct) is not null)
        {
            return NotFound();
        }

        ModelState.AddFailure(done.Failure);
        Response.StatusCode = done.Failure.StatusCode();
        if (done.Failure.Kind == FailureKind.Conflict)
        {
            ReadMoment();
        }

        return Show();
    }

    /// <summary>Takes note of when the element was changed last, so that saving again replaces what was changed meanwhile.</summary>
    protected abstract void ReadMoment();
}
