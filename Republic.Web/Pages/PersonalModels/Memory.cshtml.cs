using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The models in memory now, and those that wait for it; a page of its own without JavaScript.</summary>
public sealed class MemoryModel(ServedModels served, ServedModelEditor editor) : PageModel
{
    public ServedState State { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    /// <param name="id">The model.</param>
    /// <param name="back">The page that the button was on.</param>
    public async Task<IActionResult> OnPostUnloadAsync(Guid id, string? back, CancellationToken ct)
    {
        var done = await served.UnloadAsync(Me, id, ct);
        if (done is { Ok: true, Value: { Unloaded: false } result } && !Request.IsHtmx())
        {
            this.Toast(result.Unloading ? "It is unloaded when its answers have ended." : "It was not in memory.");
        }

        return await DoneAsync(done.Failure, back, ct);
    }

    public async Task<IActionResult> OnPostPinAsync(Guid id, bool pinned, string? back, CancellationToken ct) =>
        await DoneAsync((await editor.ChangeAsync(Me, id, new ModelChange { Pinned = pinned }, ct)).Failure, back, ct);

    private async Task<IActionResult> DoneAsync(Failure? failure, string? back, CancellationToken ct)
    {
        if (failure is null && !Request.IsHtmx())
        {
            return LocalRedirect(Url.IsLocalUrl(back) ? back : "/personal-models/memory");
        }

        var shown = await ShowAsync(ct);
        return failure is null ? shown : this.Refuse(failure);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        State = await served.NowAsync(Me, ct);
        return Request.IsHtmx() ? Partial("_Served", State) : Page();
    }
}
