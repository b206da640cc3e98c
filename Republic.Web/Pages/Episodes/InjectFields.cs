namespace Republic.Web.Pages.Episodes;

/// <summary>The fields of a form by which a message or a fact is added.</summary>
/// <param name="Name">The name of the form within the page's, such as <c>Input.Inject</c>.</param>
/// <param name="Id">What the ids of its fields begin with.</param>
/// <param name="IsNew">Nothing was typed yet: all roles get to know it.</param>
public sealed record InjectFields(string Name, string Id, InjectForm Form, IReadOnlyList<string> Roles, bool IsNew);
