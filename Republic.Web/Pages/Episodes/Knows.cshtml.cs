using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Reading;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Episodes;

/// <summary>What a role of an episode knows, line by line, and where it has it from.</summary>
public sealed class KnowsModel(EpisodeReader reader, EpisodeJournalReader journals) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Role { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid? Timeline { get; set; }

    public EpisodeView View { get; private set; } = null!;

    public RoleKnowledge Knowledge { get; private set; } = null!;

    public string Back => Timeline is { } timeline ? $"/episodes/{Id}?timeline={timeline}" : $"/episodes/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var me = CurrentPerson.From(User).Id;
        var known = await journals.KnowsAsync(me, Id, Role, Timeline, ct);
        var found = await reader.FindAsync(me, Id, Timeline, ct);
        if (!known.Ok || !found.Ok)
        {
            return this.Refuse(known.Failure ?? found.Failure!);
        }

        (View, Knowledge) = (found.Value, known.Value);
        return Page();
    }
}
