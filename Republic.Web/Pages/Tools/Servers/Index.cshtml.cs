using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>A person's tool servers, and a form to add one.</summary>
public sealed class IndexModel(ToolServerCards cards, ToolServerEditor editor, ToolCommandEditor commands) : PageModel
{
    [BindProperty]
    public ServerForm Input { get; set; } = new();

    [BindProperty]
    public CommandForm Chosen { get; set; } = new();

    /// <summary>The commands of which a server can be made.</summary>
    public IReadOnlyList<ToolCommandName> Commands { get; private set; } = [];

    public IReadOnlyList<ToolServerCard> Servers { get; private set; } = [];

    private Guid Me => CurrentPerson.From(User).Id;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => AddAsync(Input.ToInput(), nameof(Input), ct);

    public Task<IActionResult> OnPostCommandAsync(CancellationToken ct) => AddAsync(Chosen.ToInput(), nameof(Chosen), ct);

    private async Task<IActionResult> AddAsync(Outcome<ToolServerInput> input, string form, CancellationToken ct)
    {
        var added = input.Ok ? await editor.AddAsync(Me, input.Value, ct) : input.Failure;
        if (!added.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(added.Failure, form);
        }

        this.Toast("The server is added.", "Switch its tools on for a minion, on the minion’s page Tools.");
        return LocalRedirect($"/tools/servers/{added.Value}");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Servers = await cards.ListAsync(Me, ct);
        Commands = await commands.NamesAsync(ct);
    }
}
