using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Republic.Web.Pages.Shared;

/// <summary>A control that a <c>field</c> has of its own says as well that it is wrong, and where its hint and its error stand.</summary>
[HtmlTargetElement("input", ParentTag = "field", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", ParentTag = "field")]
[HtmlTargetElement("textarea", ParentTag = "field")]
public sealed class FieldControlTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = (FieldTagHelper.Description)context.Items[typeof(FieldTagHelper)];
        if (output.Attributes["id"]?.Value.ToString() != field.Id)
        {
            return;
        }

        var own = output.Attributes["aria-describedby"]?.Value?.ToString() ?? "";
        if (
            string.Join(' ', $"{own} {field.DescribedBy}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()) is
            { Length: > 0 } ids
        )
        {
            output.Attributes.SetAttribute("aria-describedby", ids);
        }

        if (field.IsInvalid)
        {
            output.Attributes.SetAttribute("aria-invalid", "true");
        }
    }
}
