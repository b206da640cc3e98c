using Republic.Core.Accounts.SigningUp;

namespace Republic.Web.Pages.Account;

public sealed class SignUpForm
{
    public string? Username { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? SetupToken { get; set; }

    /// <summary>The token of an invitation's link.</summary>
    public string? Invitation { get; set; }

    public SignUpInput ToInput(bool fromHere) => new(Email, Password, Username, SetupToken, fromHere, Invitation);
}
