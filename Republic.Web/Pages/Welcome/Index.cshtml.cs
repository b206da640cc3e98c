using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;
using Republic.Core.Inference.Supervision;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Welcome;

/// <summary>The ways to begin that really exist, and what is already true of this installation.</summary>
public sealed class IndexModel(
    RepublicDb db,
    MinionEditor minions,
    ConversationEditor chats,
    ProviderCatalog catalog,
    ModelHostSupervisor host
) : PageModel
{
    public int People { get; private set; }

    public string FirstName => CurrentPerson.From(User).Name.Split(' ')[0];

    public IEnumerable<ProviderRow> Providers => catalog.Rows.Where(row => row.Transport == ProviderTransport.Internet);

    public bool IsReady => host.Status.State == ModelHostState.Running;

    public async Task OnGetAsync(CancellationToken ct) => People = await db.Users.CountAsync(ct);

    public async Task<IActionResult> OnPostMeetAsync(CancellationToken ct)
    {
        var person = CurrentPerson.From(User).Id;
        var met = await MeetAsync(person, ct);
        if (met.Ok)
        {
            return LocalRedirect($"/chats/{met.Value}");
        }

        await OnGetAsync(ct);
        return this.Refuse(met.Failure);
    }

    /// <summary>The conversation with the minion on the built-in model; both are made when they are not there.</summary>
    private async Task<Outcome<Guid>> MeetAsync(Guid person, CancellationToken ct)
    {
        var tinker = await minions.BuiltInAsync(person, ct);
        return tinker.Ok ? await chats.OpenAsync(person, tinker.Value.Id, version: null, ct) : tinker.Failure;
    }
}
