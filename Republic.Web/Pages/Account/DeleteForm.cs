namespace Republic.Web.Pages.Account;

public sealed class DeleteForm
{
    /// <summary>Typed, so that nobody is deleted by a slip.</summary>
    public string? Name { get; set; }

    public string? Password { get; set; }
}
