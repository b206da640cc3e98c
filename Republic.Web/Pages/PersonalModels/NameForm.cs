namespace Republic.Web.Pages.PersonalModels;

/// <summary>What a person wants to call a model.</summary>
public sealed class NameForm
{
    public string? CustomName { get; set; }
}
