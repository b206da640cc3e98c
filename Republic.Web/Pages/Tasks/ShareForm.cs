namespace Republic.Web.Pages.Tasks;

/// <summary>The user name that a task is to be shared with.</summary>
public sealed class ShareForm
{
    public string? Username { get; set; }
}
