namespace Republic.Web.Pages.Citizens;

public sealed class CustomFieldForm
{
    public string? FieldName { get; set; }

    public string? FieldValue { get; set; }
}
