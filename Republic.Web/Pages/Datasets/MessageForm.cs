using Republic.Core.Datasets.Rows;

namespace Republic.Web.Pages.Datasets;

public sealed class MessageForm
{
    public string? Role { get; set; }

    public string? Content { get; set; }

    /// <summary>
    /// What was typed over <paramref name="stored"/>. A text field has LF for every CR and CR LF, and a form sends each as CR LF: a text
    /// that nobody touched stays as it is stored.
    /// </summary>
    public RowMessage Over(RowMessage? stored)
    {
        var typed = new RowMessage(Role ?? "", Lines(Content ?? ""));
        return stored is not null && typed == stored with { Content = Lines(stored.Content).Replace('\r', '\n') } ? stored : typed;
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
