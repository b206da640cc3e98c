using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Interactions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Chats;

/// <summary>The page behind the feedback forms of a chat and its switch for teaching. The forms stand in the chat; the page itself is shown only where one failed.</summary>
public sealed class FeedbackModel(Transcripts transcripts, FeedbackEditor feedback, LearningConsent consent) : PageModel
{
    private const string Down = "down";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The message at which the page of the chat begins; null without scripts.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    [BindProperty]
    public FeedbackForm Input { get; set; } = new();

    /// <summary>The answer that the feedback is on; null where there is none.</summary>
    public TurnView? Turn { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Me, Id, BranchWindow.Last, ct);
        return read.Ok ? RedirectToPage("Chat", new { id = Id }) : this.Refuse(read.Failure);
    }

    /// <summary>Saves a thumb. A thumb down opens the correction at once.</summary>
    public Task<IActionResult> OnPostRateAsync(Guid message, string? thumb, CancellationToken ct) =>
        SaveAsync(message, new FeedbackInput { Thumb = thumb ?? "" }, isCorrecting: thumb == Down, ct);

    /// <summary>Takes the thumb back; a correction stays.</summary>
    public Task<IActionResult> OnPostUnrateAsync(Guid message, CancellationToken ct) =>
        SaveAsync(message, new FeedbackInput { ClearsScore = true }, isCorrecting: false, ct);

    public async Task<IActionResult> OnPostSaveAsync(Guid message, CancellationToken ct)
    {
        if (ModelState[$"{nameof(Input)}.{nameof(Input.Score)}"] is { Errors.Count: > 0 } unreadable)
        {
            unreadable.Errors.Clear();
            return await FailedAsync(Failure.Invalid("score", "A score is a number from 0 to 1, such as 0.4."), message, ct);
        }

        return await SaveAsync(message, Input.ToInput(), isCorrecting: false, ct);
    }

    public async Task<IActionResult> OnPostTeachAsync(bool agrees, CancellationToken ct)
    {
        var set = await consent.SetAsync(Me, Id, agrees, ct);
        if (!set.Ok)
        {
            return this.Refuse(set.Failure);
        }

        if (!Request.IsHtmx())
        {
            return RedirectToPage("Chat", new { id = Id });
        }

        var read = await transcripts.ReadAsync(Me, Id, new BranchWindow(From, Through: null), ct);
        return read.Ok ? Partial("_Update", read.Value) : this.Refuse(read.Failure);
    }

    private async Task<IActionResult> SaveAsync(Guid message, FeedbackInput input, bool isCorrecting, CancellationToken ct)
    {
        var saved = await feedback.SaveAsync(Me, message, input, ct);
        if (!saved.Ok)
        {
            return await FailedAsync(saved.Failure, message, ct);
        }

        if (!Request.IsHtmx())
        {
            // Also of a branch that is not shown.
            return RedirectToPage("Chat", null, new { id = Id, message }, $"m-{message}");
        }

        return await FindAsync(message, ct) is { } turn ? Partial("_TurnUpdate", turn with { IsCorrecting = isCorrecting }) : NotFound();
    }

    private async Task<IActionResult> FailedAsync(Failure failure, Guid message, CancellationToken ct)
    {
        if (failure.Kind != FailureKind.NotFound && Request.IsHtmx())
        {
            return ErrorToast.Result(Response, MetadataProvider, failure.StatusCode(), failure.Message);
        }

        Turn = await FindAsync(message, ct);
        return Turn is null ? NotFound() : this.Refuse(failure);
    }

    private async Task<TurnView?> FindAsync(Guid message, CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Me, Id, new BranchWindow(From, message), ct);
        return read.Value?.Messages.FirstOrDefault(m => m.Id == message) is { } row ? new TurnView(row, read.Value) : null;
    }
}
