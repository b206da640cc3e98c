namespace Republic.Web.Pages.Knowledge;

public sealed class RetrievalFields
{
    public string? Limit { get; set; }

    public string? Threshold { get; set; }
}
