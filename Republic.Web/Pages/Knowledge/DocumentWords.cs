using System.Globalization;
using Republic.Core.Knowledge;

namespace Republic.Web.Pages.Knowledge;

/// <summary>What a document is, for people.</summary>
public static class DocumentWords
{
    public static string Of(DocumentFormat format) =>
        format switch
        {
            DocumentFormat.Text or DocumentFormat.Markdown => format.ToString(),
            _ => format.ToString().ToUpperInvariant(),
        };

    /// <summary>Null where it is not known.</summary>
    public static string? Language(DocumentCard document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Language == "simple" ? null : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(document.Language);
    }
}
