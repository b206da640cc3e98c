namespace Republic.Web.Pages.Admin;

public sealed record HostForm
{
    public string? Host { get; set; }
}
