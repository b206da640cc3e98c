using System.Collections.Frozen;
using System.Text.Json;
using Republic.Core.Citizens;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>The providers this installation knows, in the order they are shown.</summary>
public sealed class ProviderCatalog : IProviderNames
{
    private readonly FrozenDictionary<string, ProviderRow> byName;

    public ProviderCatalog(IReadOnlyList<ProviderRow> rows)
    {
        Rows = rows;
        byName = rows.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ProviderRow> Rows { get; }

    /// <summary>That of the models that run here.</summary>
    public ProviderRow ModelHost => Rows.First(row => row.Transport == ProviderTransport.ModelHost);

    public ProviderRow? Find(string? name) => name is not null && byName.TryGetValue(name, out var row) ? row : null;

    public bool IsKnown(string name) => byName.ContainsKey(name);

    public static ProviderCatalog Embedded()
    {
        using var stream =
            typeof(ProviderCatalog).Assembly.GetManifestResourceStream("catalog.json")
            ?? throw new InvalidOperationException("catalog.json is not embedded in the assembly.");
        return new ProviderCatalog(JsonSerializer.Deserialize<IReadOnlyList<ProviderRow>>(stream, SnakeCaseJson.Strict)!);
    }
}
