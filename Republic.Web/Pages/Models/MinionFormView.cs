using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;

namespace Republic.Web.Pages.Models;

/// <summary>What the form's partials draw: the same for dialog, page and the part that a provider swaps in.</summary>
/// <param name="Current">The minion that is edited, as it is stored; null for a new one.</param>
/// <param name="IsDialog">In a dialog over a page; else a page of its own.</param>
/// <param name="Test">What Test connection found, where the whole page answers.</param>
public sealed record MinionFormView(MinionForm Input, Minion? Current, ProviderCatalog Catalog, bool IsDialog, TestAnswer? Test = null)
{
    public ProviderRow Provider => Catalog.Find(Input.Provider) ?? Catalog.Rows[0];

    /// <summary>Whoever added a fallback goes on in its row.</summary>
    public bool IsFallbackAdded { get; init; }

    public string Title => Current is null ? "New minion" : $"Edit {Current.Citizen.DisplayName}";

    public string Action => Current is null ? "/models/new" : $"/models/{Current.Id}/edit";

    public string Back => (Current?.Id ?? Input.Like) is { } minion ? $"/models/{minion}" : "/models";

    /// <summary>The stored key may be used for what the form shows.</summary>
    public string? KeyHint => Current?.ApiKeyHint;

    /// <summary>The fallback in this row is the one that is saved in this place.</summary>
    public bool IsStored(int row) =>
        Current?.Fallbacks.ElementAtOrDefault(row) is { } stored && Input.Fallbacks[row].ToFallback() == stored;

    /// <summary>When the model in the form ends, with the key that is chosen there.</summary>
    public ModelDeprecation? EndOf(PersonDeprecations ends)
    {
        var isStored =
            Input.Key is null && (Current?.Provider, Current?.BaseUrl, Current?.ModelId) == (Provider.Name, Input.BaseUrl, Input.ModelId);
        return isStored
            ? ends.Of(Current!)
            : ends.OfTyped(
                Provider.Name,
                Input.BaseUrl,
                Guid.TryParse(Input.Key, out var key) ? key : null,
                Input.Key == KeyChoice.Own,
                Input.ModelId
            );
    }
}
