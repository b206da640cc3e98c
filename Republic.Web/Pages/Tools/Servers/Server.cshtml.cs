using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tools.Servers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>A tool server: what it says of its tools, and its settings.</summary>
public sealed class ServerModel(ToolServerCards cards, ToolServerEditor editor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ServerForm Input { get; set; } = new();

    public ToolServerCard Card { get; private set; } = null!;

    public string HeaderHint =>
        Card.HeaderNames.Count == 0
            ? "One a line. They are sealed and never shown again."
            : $"Stored: {string.Join(", ", Card.HeaderNames)}. What you write here takes their place.";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { Ok: false } missing)
        {
            return this.Refuse(missing.Failure);
        }

        Input = new ServerForm { Name = Card.Name, Url = Card.Url };
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { Ok: false } missing)
        {
            return this.Refuse(missing.Failure);
        }

        var input = Input.ToInput();
        var saved = input.Ok ? await editor.ChangeAsync(Me, Id, input.Value, ct) : input.Failure;
        if (!saved.Ok)
        {
            return this.Refuse(saved.Failure);
        }

        this.Toast("The server is saved, and its tools were read again.");
        return LocalRedirect($"/tools/servers/{Id}");
    }

    public async Task<IActionResult> OnPostRefreshAsync(CancellationToken ct)
    {
        if (await editor.RefreshAsync(Me, Id, ct) is { Ok: false } missing)
        {
            return this.Refuse(missing.Failure);
        }

        this.Toast("Its tools were read again.");
        return LocalRedirect($"/tools/servers/{Id}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{deleted.Value} is deleted.", "No minion has its tools any more.");
        return LocalRedirect("/tools/servers");
    }

    private async Task<Outcome<ToolServerCard>> LoadAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        Card = found.Value!;
        return found;
    }
}
