using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Republic.Core.Chats.Prose;

/// <summary>Text in HTML. Letters of every script stay letters: as numbers they would make an answer many times longer.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);
}
