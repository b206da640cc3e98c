using System.Globalization;
using Republic.Core.Knowledge;
using Republic.Web.Pages.Shared;

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

    /// <summary>What goes when it is deleted.</summary>
    public static string Loss(DocumentCard document)
    {
        var passages =
            document.PassageCount == 0 ? "The file goes" : $"The file and its {Figures.Count(document.PassageCount, "passage")} go";
        var edited = document.EditedPassages == 0 ? "" : $", {Figures.Count(document.EditedPassages)} of them changed by you";
        return $"{passages} for good{edited}.";
    }

    /// <summary>Null where it is not known.</summary>
    public static string? Language(DocumentCard document)
    {
        return document.Language == "simple" ? null : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(document.Language);
    }
}
