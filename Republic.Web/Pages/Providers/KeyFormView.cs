using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Pages.Models;

namespace Republic.Web.Pages.Providers;

/// <summary>What the form's partials draw.</summary>
/// <param name="Current">The key that is changed, as it is stored; null for a new one.</param>
/// <param name="IsSuperuser">May give the key to everybody.</param>
/// <param name="Test">What Test found, where the whole page answers.</param>
public sealed record KeyFormView(KeyForm Input, ProviderRow Row, Credential? Current, bool IsSuperuser, TestAnswer? Test)
{
    public string Title => Current is null ? $"New key for {Row.DisplayName}" : $"{Row.DisplayName}: {Current.Label}";

    public string Action => Current is null ? $"/providers/keys/new?provider={Row.Name}" : $"/providers/keys/{Current.Id}";

    public string TestAction => Current is null ? "/providers/keys/new?handler=Test" : $"/providers/keys/{Current.Id}?handler=Test";
}
