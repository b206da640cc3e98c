using Microsoft.AspNetCore.Mvc;
using Republic.Core.Tools.Commands;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>The programs of this machine that people may make tool servers of.</summary>
public sealed class ToolCommandsModel(ToolCommandEditor editor) : SuperuserPage
{
    [BindProperty]
    public ToolCommandForm Input { get; set; } = new();

    public IReadOnlyList<ToolCommand> Commands { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = Input.ToInput();
        var added = input.Ok ? await editor.AddAsync(Asking.Id, input.Value, ct) : input.Failure;
        if (!added.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(added.Failure);
        }

        this.Toast($"{added.Value.Name} is on the list.", "Everybody here can add a tool server of it.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Asking.Id, id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{deleted.Value} is off the list.", "Servers of it stay, and run nothing any more.");
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct) => Commands = await editor.ListAsync(ct);
}
