namespace Republic.Web.Pages.Account.Resetting;

public sealed class ResetForm
{
    public string? NewPassword { get; set; }
}
