using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

public sealed class ChatModel(
    Transcripts transcripts,
    MessageEditor messages,
    ConversationEditor editor,
    ConversationReader conversations,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The message at which what is shown begins; null, or one of another branch: the last turns are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    [BindProperty]
    public MessageForm Input { get; set; } = new();

    public CurrentPerson Person => CurrentPerson.From(User);

    public Transcript Transcript { get; private set; } = null!;

    public ChatList List { get; private set; } = null!;

    public Failure? Failure { get; private set; }

    /// <summary>Where the live stream stood before this page was read: what happens from then on is told to it.</summary>
    public string LivePosition { get; private set; } = "";

    /// <param name="message">Shows the branch that it is in, which does not become the one that goes on.</param>
    public async Task<IActionResult> OnGetAsync(Guid? message, CancellationToken ct)
    {
        LivePosition = live.Position(Person.Id);
        var seen = await editor.MarkReadAsync(Person.Id, Id, ct);
        return seen.Ok ? await ShowAsync(message, ct) : this.Refuse(seen.Failure);
    }

    public Task<IActionResult> OnGetTurnsAsync(CancellationToken ct) => RefreshAsync("_Update", null, ct);

    public Task<IActionResult> OnGetTurnAsync(Guid message, CancellationToken ct) => RefreshAsync("_TurnUpdate", message, ct);

    public Task<IActionResult> OnGetStagesAsync(Guid message, CancellationToken ct) => RefreshAsync("_Stages", message, ct);

    public async Task<IActionResult> OnPostSeenAsync(CancellationToken ct) =>
        (await editor.MarkReadAsync(Person.Id, Id, ct)).Failure is { } failure ? this.Refuse(failure) : new NoContentResult();

    public Task<IActionResult> OnPostSendAsync(CancellationToken ct) =>
        DoneAsync(messages.SendAsync(Person.Id, Id, Input.ToInput(), ct), "message-sent", ct);

    public Task<IActionResult> OnPostEditAsync(Guid message, CancellationToken ct) =>
        DoneAsync(messages.EditAsync(Person.Id, message, Input.ToInput(), ct), "answer-asked", ct);

    public Task<IActionResult> OnPostRegenerateAsync(Guid message, CancellationToken ct) =>
        DoneAsync(messages.RegenerateAsync(Person.Id, message, ct), "answer-asked", ct);

    public Task<IActionResult> OnPostStopAsync(Guid message, CancellationToken ct) =>
        DoneAsync(messages.StopAsync(Person.Id, message, ct), "answer-stopped", ct);

    public Task<IActionResult> OnPostShowAsync(Guid message, CancellationToken ct) =>
        DoneAsync(messages.ShowAsync(Person.Id, message, ct), "branch-shown", ct);

    private async Task<IActionResult> DoneAsync<T>(Task<Outcome<T>> work, string happened, CancellationToken ct)
    {
        var outcome = await work;
        if (!outcome.Ok || !Request.IsHtmx())
        {
            return outcome.Ok ? RedirectToPage(new { id = Id }) : await FailedAsync(outcome.Failure, ct);
        }

        Response.HxTrigger(happened);
        return await RefreshAsync("_Done", null, ct);
    }

    private async Task<IActionResult> RefreshAsync(string partial, Guid? message, CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, new BranchWindow(From, Through: null), ct);
        return !read.Ok ? this.Refuse(read.Failure)
            : message is null ? Partial(partial, read.Value)
            : read.Value.Messages.FirstOrDefault(m => m.Id == message) is { } row ? Partial(partial, new TurnView(row, read.Value))
            : NotFound();
    }

    private async Task<IActionResult> FailedAsync(Failure failure, CancellationToken ct)
    {
        (Response.StatusCode, Failure) = (failure.StatusCode(), failure);
        if (failure.Kind == FailureKind.NotFound || !Request.IsHtmx())
        {
            return failure.Kind == FailureKind.NotFound ? this.Refuse(failure) : await ShowAsync(null, ct);
        }

        Response.HxRetarget("#composer-error", "innerHTML");
        return Partial("_ComposerError", failure);
    }

    private async Task<IActionResult> ShowAsync(Guid? message, CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, new BranchWindow(From, message), ct);
        if (!read.Ok)
        {
            return this.Refuse(read.Failure);
        }

        Transcript = read.Value;
        List = new ChatList(await conversations.ListAsync(Person.Id, ChatList.Length, null, ct), Id, Person.Id, LocalTime.Of(HttpContext));
        return Page();
    }
}
