namespace Republic.Web.Pages.Tasks;

/// <summary>What is written under a task, or why it is sent back.</summary>
public sealed class CommentForm
{
    public string? Content { get; set; }

    /// <summary>A browser sends two characters for each end of a line that it counted as one.</summary>
    public string? Text => Content?.ReplaceLineEndings("\n");
}
