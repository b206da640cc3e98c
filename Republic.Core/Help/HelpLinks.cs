namespace Republic.Core.Help;

/// <summary>Links as they stand in <c>docs/</c>, and the addresses within the app that they mean.</summary>
public static class HelpLinks
{
    private const string Pictures = "img/";

    /// <returns>Null for what the app has no address for: sources, decisions, pages for developers, and other sites.</returns>
    public static string? Resolve(string? link)
    {
        if (link is ['#', ..])
        {
            return link;
        }

        if (link?.StartsWith(Pictures, StringComparison.Ordinal) == true)
        {
            return $"/help/{link}";
        }

        var parts = (link ?? "").Split('#', 2);
        var page = parts[0].EndsWith(".md", StringComparison.Ordinal) ? HelpPages.Find(parts[0][..^".md".Length]) : null;
        return page is null ? null
            : parts.Length == 2 ? $"{page.Address}#{parts[1]}"
            : page.Address;
    }
}
