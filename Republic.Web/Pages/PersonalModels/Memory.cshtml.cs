using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The models in memory now, and those that wait for it; a page of its own without JavaScript.</summary>
public sealed class MemoryModel(ServedModels served, ServedModelEditor editor, PersonalModelCards cards, QuarantineRelease release)
    : PageModel
{
    public ServedState State { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    /// <param name="id">The model.</param>
    /// <param name="back">The page that the button was on.</param>
    public async Task<IActionResult> OnPostUnloadAsync(Guid id, string? back, CancellationToken ct)
    {
        var done = await served.UnloadAsync(Me, id, ct);
        if (done is { Ok: true, Value: { Unloaded: false } result })
        {
            this.Toast(result.Unloading ? "It is unloaded when its answers have ended." : "It was not in memory.");
        }

        return await DoneAsync(done.Failure, back, ct);
    }

    public async Task<IActionResult> OnPostPinAsync(Guid id, bool pinned, string? back, CancellationToken ct) =>
        await DoneAsync((await editor.ChangeAsync(Me, id, new ModelChange { Pinned = pinned }, ct)).Failure, back, ct);

    /// <summary>Gives a model that did not fit a context with which it does.</summary>
    /// <param name="name">The owner's name of the model.</param>
    /// <param name="context">In tokens.</param>
    /// <param name="back">The page that the button was on.</param>
    public async Task<IActionResult> OnPostContextAsync(string name, int context, string? back, CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, TypedText.Plain(name) ?? "", ct);
        if (!found.Ok)
        {
            // Renamed or deleted since the page was made: no wrong address, so that the way back is better than an error page.
            return await DoneAsync(Failure.Conflict($"You have no model “{TypedText.Plain(name)}” any more. Reload the page."), back, ct);
        }

        var changed = await editor.ChangeAsync(Me, found.Value.Id, new ModelChange { ContextLength = context }, ct);
        // One whose installation stopped goes on; one that was ready is loaded with the next question.
        var done =
            !changed.Ok ? changed.Failure
            : changed.Value.Status == Republic.Core.PersonalModels.ModelState.Failed
                ? (await release.TryAgainAsync(Me, changed.Value.Id, ct)).Failure
            : null;
        if (done is null)
        {
            this.Toast($"{name} is loaded with a context of {Figures.Count(context)} tokens from now on.");
        }

        return await DoneAsync(done, back, ct);
    }

    private async Task<IActionResult> DoneAsync(Failure? failure, string? back, CancellationToken ct)
    {
        if (failure is { Kind: FailureKind.NotFound })
        {
            return this.Refuse(failure);
        }

        if (failure is not null)
        {
            this.Toast(failure.Message, tone: "bad");
        }

        return Request.IsHtmx() ? await ShowAsync(ct) : LocalRedirect(Url.IsLocalUrl(back) ? back : "/personal-models/memory");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        State = await served.NowAsync(Me, ct);
        return Request.IsHtmx() ? Partial("_Served", State) : Page();
    }
}
