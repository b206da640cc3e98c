using Republic.Core.Knowledge.Cutting;

namespace Republic.Web.Pages.Knowledge;

/// <summary>A sentence of a passage, where it could be split.</summary>
public sealed record PassagePart(int Start, string Text)
{
    /// <summary>How it begins, to name it by.</summary>
    public string Words => Text.Length <= 60 ? Text : $"{Text[..(char.IsHighSurrogate(Text[59]) ? 59 : 60)]}…";

    public static IReadOnlyList<PassagePart> Of(string text) =>
        [.. SentenceParts.Of(text).Select(part => new PassagePart(part.Start, text.Substring(part.Start, part.Length).TrimEnd()))];
}
