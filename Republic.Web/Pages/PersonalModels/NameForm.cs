namespace Republic.Web.Pages.PersonalModels;

/// <summary>The form that renames a model.</summary>
public sealed class NameForm
{
    public string? CustomName { get; set; }
}
