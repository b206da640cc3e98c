namespace Republic.Web.Pages.Account;

public sealed class ProfileForm
{
    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
