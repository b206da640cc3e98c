namespace Republic.Core.Providers;

/// <summary>A model that is called by its name alone, or with its provider before it, as <c>openai/gpt-4o</c>.</summary>
/// <param name="Provider">Null where the name begins with none that is known.</param>
public sealed record NamedModel(ProviderRow? Provider, string ModelId)
{
    public static NamedModel Of(ProviderCatalog catalog, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && catalog.Find(name[..slash]) is { } provider ? new(provider, name[(slash + 1)..]) : new(null, name);
    }
}
