using System.Collections.Frozen;
using System.Text.Json;

namespace Republic.Core.Providers.Listings;

/// <summary>Announced ends of models whose providers' lists do not all name them.</summary>
public sealed class ShutdownTable
{
    private readonly FrozenDictionary<(string Provider, string Model), Shutdown> byModel;

    public ShutdownTable(IReadOnlyList<Shutdown> rows)
    {
        Rows = rows;
        byModel = rows.SelectMany(row => row.Models.Select(model => KeyValuePair.Create((row.Provider, model), row))).ToFrozenDictionary();
    }

    public IReadOnlyList<Shutdown> Rows { get; }

    public Shutdown? Find(string provider, string model) => byModel.GetValueOrDefault((provider, model));

    public static ShutdownTable Embedded()
    {
        using var stream =
            typeof(ShutdownTable).Assembly.GetManifestResourceStream("shutdowns.json")
            ?? throw new InvalidOperationException("shutdowns.json is not embedded in the assembly.");
        return new ShutdownTable(JsonSerializer.Deserialize<IReadOnlyList<Shutdown>>(stream, SnakeCaseJson.Options)!);
    }
}
