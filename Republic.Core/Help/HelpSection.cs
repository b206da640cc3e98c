namespace Republic.Core.Help;

/// <summary>A heading of a page and what stands below it, up to the next one.</summary>
/// <param name="Anchor">Empty for what stands before the first heading.</param>
/// <param name="Level">2 for the headings of a page, 3 for those below them; 1 for the page itself.</param>
/// <param name="Texts">Its paragraphs, items, rows of tables and code, without their marks.</param>
public sealed record HelpSection(HelpPage Page, string Anchor, string Title, int Level, IReadOnlyList<string> Texts)
{
    public string Path => Anchor.Length == 0 ? Page.Title : $"{Page.Title} › {Title}";

    public string Address => Anchor.Length == 0 ? Page.Address : $"{Page.Address}#{Anchor}";
}
