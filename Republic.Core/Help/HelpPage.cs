using Markdig.Syntax;

namespace Republic.Core.Help;

/// <summary>A page of help: one of the files in <c>docs/</c>.</summary>
public sealed class HelpPage
{
    private readonly Lazy<(MarkdownDocument Document, IReadOnlyList<HelpSection> Sections)> read;

    internal HelpPage(string name, string title, string group)
    {
        (Name, Title, Group) = (name, title, group);
        read = new(Read);
    }

    /// <summary>Its name in addresses, e.g. <c>training</c>.</summary>
    public string Name { get; }

    public string Title { get; }

    /// <summary>The heading that it stands below in the index.</summary>
    public string Group { get; }

    public string Address => $"/help/{Name}";

    /// <summary>In their order. The first has no anchor: it stands before the page's first heading.</summary>
    public IReadOnlyList<HelpSection> Sections => read.Value.Sections;

    /// <summary>The first sentence of the page.</summary>
    public string Summary => HelpMarkdown.FirstSentence(Sections[0].Texts is [var first, ..] ? first : "");

    /// <summary>Parsed, its headings with their anchors as ids.</summary>
    internal MarkdownDocument Document => read.Value.Document;

    private (MarkdownDocument Document, IReadOnlyList<HelpSection> Sections) Read()
    {
        using var stream = typeof(HelpPage).Assembly.GetManifestResourceStream($"help/{Name}.md")!;
        using var reader = new StreamReader(stream);
        var document = HelpMarkdown.Parse(reader.ReadToEnd());
        return (document, HelpMarkdown.Sections(this, document));
    }
}
