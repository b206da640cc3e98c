namespace Republic.Web.Pages.Knowledge;

public sealed class NameForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public EmbeddingForm Embedding { get; set; } = new();
}
