using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Tools;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Models;

/// <summary>The tools of a minion: switches that act at once, or with a button where there are no scripts.</summary>
public sealed class ToolsModel(MinionToolCards cards, MinionToolEditor editor, LiveEvents live) : PageModel
{
    [BindProperty]
    public ToolsForm Input { get; set; } = new();

    public MinionToolsCard Card { get; private set; } = null!;

    public Guid Me => CurrentPerson.From(User).Id;

    /// <summary>From here on the page follows what happens.</summary>
    public string LivePosition { get; private set; } = "";

    public string Here => $"/models/{Card.Minion.Id}/tools";

    public string Action(string handler, Guid? server = null, string? tool = null) =>
        $"{Here}?handler={handler}{(server is null ? "" : $"&server={server}")}{(tool is null ? "" : $"&tool={Uri.EscapeDataString(tool)}")}";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        return Shown(await cards.FindAsync(Me, id, ct));
    }

    public async Task<IActionResult> OnPostBuiltinAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(id, await editor.SaveAsync(Me, id, new MinionToolsInput([.. Input.Builtin]), ct), ct);

    public async Task<IActionResult> OnPostServersAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(id, await editor.SaveAsync(Me, id, Input.ToServers(), ct), ct);

    /// <summary>One tool, or all of a server. The form says what is on by now.</summary>
    public async Task<IActionResult> OnPostSwitchAsync(Guid id, Guid? server, string? tool, CancellationToken ct)
    {
        var done = (server, tool) switch
        {
            ({ } its, { } named) => await editor.SwitchAsync(Me, id, its, named, Input.Tools.Contains(ToolsForm.Key(its, named)), ct),
            ({ } its, null) => await editor.SwitchServerAsync(Me, id, its, Input.Servers.Contains(its), ct),
            (null, _) => await editor.SwitchAsync(Me, id, server: null, tool ?? "", Input.Builtin.Contains(tool ?? ""), ct),
        };
        return await DoneAsync(id, done, ct);
    }

    public async Task<IActionResult> OnPostAllowAsync(Guid id, Guid server, CancellationToken ct) =>
        await DoneAsync(id, await editor.AllowChangedAsync(Me, id, server, Input.Seen, ct), ct);

    public async Task<IActionResult> OnPostChangedOffAsync(Guid id, Guid server, CancellationToken ct) =>
        await DoneAsync(id, await editor.TurnChangedOffAsync(Me, id, server, ct), ct);

    public async Task<IActionResult> OnPostAskAgainAsync(Guid id, Guid? server, string? tool, CancellationToken ct) =>
        await DoneAsync(id, await editor.ForgetAlwaysAsync(Me, id, server, tool ?? "", ct), ct);

    private async Task<IActionResult> DoneAsync(Guid id, Outcome<MinionToolsCard> done, CancellationToken ct)
    {
        if (!done.Ok && done.Failure.Kind == FailureKind.NotFound)
        {
            return this.Refuse(done.Failure);
        }

        if (!done.Ok)
        {
            this.Toast(done.Failure.Message, tone: "bad");
        }
        else if (!Request.IsHtmx())
        {
            this.Toast($"The tools of {done.Value.Minion.Citizen.DisplayName} are saved.");
        }

        if (!Request.IsHtmx())
        {
            return LocalRedirect($"/models/{id}/tools");
        }

        return Shown(done.Ok ? done : await cards.FindAsync(Me, id, ct));
    }

    private IActionResult Shown(Outcome<MinionToolsCard> found)
    {
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Card = found.Value;
        return Request.IsHtmx() ? Partial("_Tools", this) : Page();
    }
}
