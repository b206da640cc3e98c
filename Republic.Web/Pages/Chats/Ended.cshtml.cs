using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Toasts;

namespace Republic.Web.Pages.Chats;

/// <summary>What a notification says of an answer that has ended, good or bad; nothing while it is written.</summary>
public sealed class EndedModel(Transcripts transcripts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid message, CancellationToken ct)
    {
        var me = CurrentPerson.From(User).Id;
        var found = await transcripts.MessageAsync(me, message, ct);
        return found.Value is not { } answer || answer.ConversationId != Id || answer.SenderId == me ? NotFound()
            : Words(answer.State) is var (title, text) ? new JsonResult(new BrowserNotice(message.ToString(), $"/chats/{Id}", title, text))
            : new NoContentResult();
    }

    private static (string Title, string Text)? Words(TurnState state) =>
        state switch
        {
            TurnState.Complete => ("A minion is done answering", "Open the chat to read it."),
            TurnState.Stopped => ("An answer was stopped", "Open the chat to see how far it came."),
            TurnState.Interrupted => ("An answer broke off", "Open the chat to see why."),
            TurnState.Failed => ("A minion could not answer", "Open the chat to see why."),
            _ => null,
        };
}
