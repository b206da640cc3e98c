using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Calls;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>One tool call, and what its person decides on it. In a chat, at a task and in an episode its card stands in the answer, and its forms post here.</summary>
public sealed class CallModel(ToolApprovals approvals, ToolCallReader calls) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The form stood in the answer that asked for the call.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Chat { get; set; }

    /// <summary>JSON, as the person left it in its box.</summary>
    [BindProperty]
    public string? Arguments { get; set; }

    public ApprovalRequest View { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(null, ct);

    /// <summary>The notification of the call; nothing where it does not wait.</summary>
    public Task<IActionResult> OnGetAskedAsync(CancellationToken ct) =>
        WhilePendingAsync(call => new JsonResult(CallWords.Notice(call)), ct);

    /// <summary>A message for a person who is on another page when the call is asked for.</summary>
    public Task<IActionResult> OnGetToastAsync(CancellationToken ct) => WhilePendingAsync(call => Partial("_Toast", call), ct);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken ct) => ApproveAsync(ApprovalInput.Once, ct);

    public Task<IActionResult> OnPostAlwaysAsync(CancellationToken ct) => ApproveAsync(ApprovalInput.Always, ct);

    public async Task<IActionResult> OnPostRefuseAsync(CancellationToken ct) =>
        await DoneAsync(await approvals.RefuseAsync(Me, Id, reason: null, ct), ct);

    private async Task<IActionResult> WhilePendingAsync(Func<ToolCallRow, IActionResult> show, CancellationToken ct)
    {
        var found = await calls.FindAsync(Me, Id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : found.Value.Status == ToolCallStatus.Pending ? show(found.Value)
            : new NoContentResult();
    }

    private async Task<IActionResult> ApproveAsync(string scope, CancellationToken ct)
    {
        JsonElement? arguments;
        try
        {
            arguments = string.IsNullOrWhiteSpace(Arguments) ? null : JsonElement.Parse(Arguments);
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } number ? $" Line {number + 1} cannot be read." : "";
            var problem = Failure.Invalid("arguments", $"This is not JSON.{line}");
            return (await calls.FindAsync(Me, Id, ct)).Ok ? await DoneAsync(problem, ct) : NotFound();
        }

        return await DoneAsync(await approvals.ApproveAsync(Me, Id, new ApprovalInput(scope, arguments), ct), ct);
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, CancellationToken ct)
    {
        if (!done.Ok)
        {
            return await ShowAsync(done.Failure, ct);
        }

        var found = await calls.FindAsync(Me, Id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : (found.Value.TaskId ?? found.Value.EpisodeId) is not null ? LocalRedirect(CallWords.Address(found.Value))
            : !Chat || found.Value.ConversationId is not { } chat ? LocalRedirect($"/tools/calls/{Id}")
            // htmx follows to the answer as it is now, and puts it in place of the one that asked.
            : Request.IsHtmx() ? LocalRedirect($"/chats/{chat}?handler=Turn&message={found.Value.MessageId}")
            : LocalRedirect(CallWords.Address(found.Value));
    }

    /// <param name="failure">Why nothing came of what the person did; what they typed stays.</param>
    private async Task<IActionResult> ShowAsync(Failure? failure, CancellationToken ct)
    {
        var found = await calls.FindAsync(Me, Id, ct);
        if (!found.Ok || failure is { Kind: FailureKind.NotFound })
        {
            return NotFound();
        }

        var call = found.Value;
        View = new ApprovalRequest(call, call.Minion!, await calls.FactsAsync(Me, call, ct), Chat && Request.IsHtmx())
        {
            Failure = failure,
            Typed = failure is null ? null : Arguments,
        };
        Response.StatusCode = failure?.StatusCode() ?? StatusCodes.Status200OK;
        if (!Request.IsHtmx())
        {
            return Page();
        }

        Response.HxRetarget($"#{View.Id}", "outerHTML");
        return Partial("_Ask", View);
    }
}
