namespace Republic.Core.Providers.Credentials;

/// <summary>The stored keys that a person may use, oldest first, sealed.</summary>
/// <param name="Own">Their own.</param>
/// <param name="Shared">The installation's.</param>
public sealed record CredentialSet(IReadOnlyList<Credential> Own, IReadOnlyList<Credential> Shared)
{
    public static readonly CredentialSet Empty = new([], []);

    /// <summary>The person's models that run here, by the names that minions give them.</summary>
    public IReadOnlyDictionary<string, InstalledModel> Installed { get; init; } = new Dictionary<string, InstalledModel>();

    /// <summary>One of the person's own.</summary>
    public Credential? Find(Guid? id)
    {
        foreach (var key in Own)
        {
            if (key.Id == id)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>There is one for this provider, wherever it goes to.</summary>
    public bool Has(string provider) => Own.Concat(Shared).Any(key => key.Provider == provider);

    /// <summary>
    /// The keys to ask with where none is named: the default and those that share its load; where the person has none, the
    /// installation's.
    /// </summary>
    /// <param name="baseUrl">Only keys that were entered for this address; null: wherever the default goes to.</param>
    public IReadOnlyList<Credential> For(ProviderRow provider, string? baseUrl)
    {
        var own = Choose(Own, provider, baseUrl);
        return own.Count > 0 ? own : Choose(Shared, provider, baseUrl);
    }

    /// <summary>The server of the named key, else of the default; null: the provider's own.</summary>
    public string? AddressOf(ProviderRow provider, Guid? named) =>
        Find(named) is { } key ? key.BaseUrl
        : For(provider, null) is [var first, ..] ? first.BaseUrl
        : null;

    private static IReadOnlyList<Credential> Choose(IReadOnlyList<Credential> keys, ProviderRow provider, string? baseUrl)
    {
        if (keys.Count == 0)
        {
            return keys;
        }

        var destination = baseUrl is null ? null : BaseUrls.Destination(provider, baseUrl);
        var fitting = keys.Where(key =>
                key.Provider == provider.Name && (destination is null || BaseUrls.Destination(provider, key.BaseUrl) == destination)
            )
            .OrderByDescending(key => key.IsDefault)
            .ToList();
        return fitting.Count < 2 ? fitting : [fitting[0], .. fitting.Skip(1).Where(key => key.SharesLoad)];
    }
}
