using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Web.Pages.Models;

/// <summary>Which key a minion may be asked with: the person's default, one of their stored keys, or one of its own.</summary>
/// <param name="Options">Empty where there is nothing to choose: no key is stored.</param>
public sealed record KeyChoice(IReadOnlyList<KeyOption> Options, string Chosen)
{
    /// <summary>Whatever is the default when it is asked.</summary>
    public const string Default = "default";

    /// <summary>A key of its own, typed or kept.</summary>
    public const string Own = "own";

    /// <param name="chosen">What was chosen in the form; null: as it is stored.</param>
    /// <param name="current">The minion that is edited; null for a new one.</param>
    public static KeyChoice Of(ProviderRow provider, CredentialSet keys, string? chosen, Minion? current)
    {
        var stored = keys.Own.Where(key => key.Provider == provider.Name).ToList();
        var hasOwn = current?.SealedApiKey is not null && current.Provider == provider.Name;
        if (!hasOwn && !keys.Has(provider.Name))
        {
            return new KeyChoice([], Own);
        }

        List<KeyOption> options =
        [
            new(Default, DefaultText(provider, keys)),
            .. stored.Select(key => new KeyOption(key.Id.ToString(), $"{key.Label} ({Hint(key)})")),
            new(Own, hasOwn ? $"Its own ({current!.ApiKeyHint})" : "A key just for this minion"),
        ];
        var usual = hasOwn ? Own : current?.CredentialId?.ToString() ?? Default;
        return new KeyChoice(options, options.Find(option => option.Value == (chosen ?? usual))?.Value ?? Default);
    }

    /// <summary>What a minion is asked with, in a line.</summary>
    public static string InUse(Minion minion, ProviderRow? provider, CredentialSet keys) =>
        minion.ApiKeyHint is { } own ? own
        : keys.Find(minion.CredentialId) is { } named ? $"{named.Label} ({Hint(named)})"
        : provider is null ? "none"
        : keys.For(provider, minion.BaseUrl).Count == 0 ? "none"
        : DefaultText(provider, keys);

    private static string DefaultText(ProviderRow provider, CredentialSet keys)
    {
        var used = keys.For(provider, null);
        return used is not [var first, ..] ? (provider.Key == KeyNeed.Required ? "No key yet" : "No key")
            : keys.Find(first.Id) is null ? "The key of this installation"
            : used.Count == 1 ? $"Your default: {first.Label} ({Hint(first)})"
            : $"Your default: {string.Join(" and ", used.Select(key => key.Label))}";
    }

    private static string Hint(Credential key) => key.KeyHint ?? (key.BaseUrl is null ? "no key" : new Uri(key.BaseUrl).Authority);
}
