using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary>
/// Label above, hint below, error beside: <c>&lt;field for="Input.Email" label="E-mail" type="email"/&gt;</c>.
/// Attributes it does not know (autocomplete, maxlength, placeholder, required) go to the input.
/// With content of its own (a select, a textarea) it renders that instead; give such a control the id of the field.
/// What was typed is kept, except in passwords.
/// </summary>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string Type { get; set; } = "text";

    public string? Hint { get; set; }

    public bool Optional { get; set; }

    /// <summary>As wide as the whole form, not as one of its columns.</summary>
    public bool Wide { get; set; }

    /// <summary>Renders a textarea of so many rows.</summary>
    public int? Rows { get; set; }

    /// <summary>The attributes by which a control speaks for the field that it stands in.</summary>
    internal sealed record Description(string Id, string DescribedBy, bool IsInvalid);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(For.Name, "_");
        var errors = ViewContext.ViewData.ModelState.TryGetValue(For.Name, out var entry) ? entry.Errors : [];
        var described = string.Join(
            ' ',
            new[] { Hint is null ? null : $"{id}-hint", errors.Count == 0 ? null : $"{id}-error" }.OfType<string>()
        );
        context.Items[typeof(FieldTagHelper)] = new Description(id, described, errors.Count > 0);
        var own = await output.GetChildContentAsync();
        var attributes = output.Attributes.ToList();
        output.Attributes.Clear();

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Wide ? "field span-all" : "field");
        if (errors.Count > 0)
        {
            output.Attributes.SetAttribute("data-invalid", "true");
        }

        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        if (Optional)
        {
            label.InnerHtml.AppendHtml(""" <span class="opt">optional</span>""");
        }

        output.Content.AppendHtml(label);
        if (own.IsEmptyOrWhiteSpace)
        {
            output.Content.AppendHtml(Control(id, described, errors.Count > 0, attributes));
        }
        else
        {
            output.Content.AppendHtml(own);
        }

        AppendHints(output, id, errors.Select(e => e.ErrorMessage));
    }

    private TagBuilder Control(string id, string described, bool invalid, IEnumerable<TagHelperAttribute> attributes)
    {
        var control = new TagBuilder(Rows is null ? "input" : "textarea");
        control.AddCssClass(Rows is null ? "input" : "textarea");
        control.Attributes["id"] = id;
        control.Attributes["name"] = For.Name;
        foreach (var attribute in attributes)
        {
            // What Razor computed comes encoded, and would be encoded again on its way out.
            control.Attributes[attribute.Name] = attribute.Value is HtmlString computed
                ? WebUtility.HtmlDecode(computed.Value) ?? ""
                : attribute.Value?.ToString() ?? "";
        }

        if (described.Length > 0)
        {
            control.Attributes["aria-describedby"] = described;
        }

        if (invalid)
        {
            control.Attributes["aria-invalid"] = "true";
        }

        // What was typed wins over the model's value: it may not have been a number at all.
        var typed = ViewContext.ViewData.ModelState.TryGetValue(For.Name, out var entry) ? entry.AttemptedValue : null;
        var value = typed ?? Convert.ToString(For.Model, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        if (Rows is { } rows)
        {
            control.Attributes["rows"] = rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
            // HTML drops the first newline of a textarea.
            control.InnerHtml.AppendHtml("\n").Append(value);
        }
        else
        {
            control.TagRenderMode = TagRenderMode.SelfClosing;
            control.Attributes["type"] = Type;
            if (Type != "password" && value.Length > 0)
            {
                control.Attributes["value"] = value;
            }
        }

        return control;
    }

    private void AppendHints(TagHelperOutput output, string id, IEnumerable<string> errors)
    {
        if (Hint is not null)
        {
            var hint = new TagBuilder("p");
            hint.AddCssClass("hint");
            hint.Attributes["id"] = $"{id}-hint";
            hint.InnerHtml.Append(Hint);
            output.Content.AppendHtml(hint);
        }

        var messages = string.Join(' ', errors.Distinct(StringComparer.Ordinal));
        if (messages.Length > 0)
        {
            var error = new TagBuilder("p");
            error.AddCssClass("error");
            error.Attributes["id"] = $"{id}-error";
            error.InnerHtml.AppendHtml(IconTagHelper.Svg(ViewContext.HttpContext, "error")).Append(messages);
            output.Content.AppendHtml(error);
        }
    }
}
