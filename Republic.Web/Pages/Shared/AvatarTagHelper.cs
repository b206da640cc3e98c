using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary>
/// A face. A minion (<c>face</c>, <c>level</c>, <c>progress</c>) wears a brass ring, its way to the next level;
/// a person (<c>name</c> alone) is plain initials on ink.
/// </summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    private const string Ring = """<circle cx="19" cy="19" r="18" pathLength="100"/>""";

    public string? Name { get; set; }

    /// <summary>One emoji.</summary>
    public string? Face { get; set; }

    /// <summary>The address of an uploaded picture, which wins over the emoji.</summary>
    public string? Picture { get; set; }

    public int? Level { get; set; }

    /// <summary>Per cent of the way to the next level, 0 to 100.</summary>
    public int Progress { get; set; }

    /// <summary><c>sm</c>, nothing, <c>lg</c> or <c>xl</c>.</summary>
    public string? Size { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // Razor hands a null in a text attribute over as an empty text.
        (Face, Picture) = (Given(Face), Given(Picture));
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Classes());
        output.Attributes.SetAttribute("aria-hidden", "true");
        if (Level is { } level)
        {
            output.Content.AppendHtml($"""<svg viewBox="0 0 38 38">{Ring}{Arc(Math.Clamp(Progress, 0, 100))}</svg>""");
        }

        output.Content.AppendHtml(Picture is null ? HtmlEncoder.Default.Encode(Face ?? Initials(Name)) : Image(Picture));
        if (Level is not null)
        {
            output.Content.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<b>{Level}</b>"));
        }
    }

    // An arc of no length would still show its round ends, as a dot.
    private static string Arc(int share) =>
        share == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"""<circle class="xp-arc" cx="19" cy="19" r="18" pathLength="100" stroke-dasharray="{share} 100"/>"""
            );

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Image(string address) => $"""<img src="{HtmlEncoder.Default.Encode(address)}" alt="">""";

    internal static string Initials(string? name)
    {
        var words = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var chosen = words.Length > 1 ? [words[0], words[^1]] : words;
        return string.Concat(chosen.Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }

    private string Classes()
    {
        var size = Size is null ? "" : $" avatar-{Size}";
        return Face is null && Level is null && Picture is null ? $"avatar avatar-person{size}" : $"avatar{size}";
    }
}
