using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Accounts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account;

public sealed class TokensModel(AccessTokens tokens, TimeProvider time) : PageModel
{
    [BindProperty]
    public TokenForm Input { get; set; } = new();

    public IReadOnlyList<AccessToken> Tokens { get; private set; } = [];

    /// <summary>The token just made, shown this once.</summary>
    public NewAccessToken? Made { get; private set; }

    public bool HasExpired(AccessToken token) => token.ExpiresAt <= time.GetUtcNow();

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    // Not redirected: the secret must stand in this answer and nowhere else.
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var made = await tokens.CreateAsync(CurrentPerson.From(User).Id, PersonClaims.SessionOf(User), Input.ToInput(time.GetUtcNow()), ct);
        await LoadAsync(ct);
        if (!made.Ok)
        {
            return this.Refuse(made.Failure);
        }

        Made = made.Value;
        Input = new TokenForm();
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        var revoked = await tokens.RevokeAsync(CurrentPerson.From(User).Id, id, ct);
        if (!revoked.Ok)
        {
            return this.Refuse(revoked.Failure);
        }

        this.Toast("The token is revoked.", "Whatever used it is refused from now on.");
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct) => Tokens = await tokens.ListAsync(CurrentPerson.From(User).Id, ct);
}
