using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tools.Servers;
using Republic.Core.Tools.Servers.OAuth;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tools.Servers;

/// <summary>The page of a sign-in to a tool server: it names the authorization server, and is where that sends the person back to.</summary>
public sealed class OAuthModel(ToolServerCards cards, ToolServerSignIn signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ToolServerCard Card { get; private set; } = null!;

    /// <summary>The address at which the person signs in. A link leads there: the page may send no form elsewhere.</summary>
    public Uri? Address { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    /// <summary>The authorization server sent the person back.</summary>
    public async Task<IActionResult> OnGetAsync(string? code, string? state, string? iss, string? error, CancellationToken ct)
    {
        if (await LoadAsync(ct) is { Ok: false } missing)
        {
            return this.Refuse(missing.Failure);
        }

        if (state is null)
        {
            return LocalRedirect($"/tools/servers/{Id}");
        }

        var done = await signIn.FinishAsync(Me, Id, new OAuthReturn(code, state, iss, error), ct);
        if (!done.Ok)
        {
            return this.Refuse(done.Failure);
        }

        this.Toast($"You are signed in to {done.Value}.", "Its tools were read again.");
        return LocalRedirect($"/tools/servers/{Id}");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { Ok: false } missing)
        {
            return this.Refuse(missing.Failure);
        }

        var begun = await signIn.BeginAsync(Me, Id, LinkAddress.OfSignIn(Request, Id), ct);
        if (!begun.Ok)
        {
            return this.Refuse(begun.Failure);
        }

        Address = begun.Value;
        return Page();
    }

    private async Task<Outcome<ToolServerCard>> LoadAsync(CancellationToken ct)
    {
        var card = await cards.FindAsync(Me, Id, ct);
        Card = card.Ok ? card.Value : Card;
        return card;
    }
}
