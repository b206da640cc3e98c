using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Republic.Core.Interactions.PersonalData;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>Text in which the marks that stand for personal data are told apart from the rest.</summary>
internal static class MaskedText
{
    public static HtmlString Of(string text)
    {
        var html = new StringBuilder(HtmlEncoder.Default.Encode(text));
        foreach (var mark in PersonalDataMarks.All.Values)
        {
            html.Replace(HtmlEncoder.Default.Encode(mark), $"<mark class=\"pii\">{mark}</mark>");
        }

        return new HtmlString(html.ToString());
    }
}
