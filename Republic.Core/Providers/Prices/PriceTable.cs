using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Republic.Core.Providers.Prices;

/// <summary>Published prices, as prices.json has them. A model that it does not name has no price here: nothing is guessed from its kin.</summary>
public sealed partial class PriceTable
{
    private const int MostRemembered = 10_000;

    private readonly FrozenDictionary<(string Provider, string Model), KnownPrice> byName;
    private readonly ConcurrentDictionary<(string Provider, string Model), KnownPrice?> asked = new();

    public PriceTable(IReadOnlyList<TablePrice> rows)
    {
        Rows = rows;
        byName = rows.SelectMany(row => row.Aliases.Prepend(row.Model).Select(name => KeyValuePair.Create((row.Provider, name), row.Known)))
            .ToFrozenDictionary();
    }

    public IReadOnlyList<TablePrice> Rows { get; }

    public static PriceTable Embedded()
    {
        using var stream =
            typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("prices.json is not embedded in the assembly.");
        return new PriceTable(JsonSerializer.Deserialize<IReadOnlyList<TablePrice>>(stream, SnakeCaseJson.Strict)!);
    }

    public KnownPrice? Find(string provider, string model)
    {
        if (byName.TryGetValue((provider, model), out var price) || asked.TryGetValue((provider, model), out price))
        {
            return price;
        }

        if (asked.Count >= MostRemembered)
        {
            asked.Clear();
        }

        // Some lists put a folder before their models' names.
        var name = DatedSuffix().Replace(model.StartsWith("models/", StringComparison.Ordinal) ? model["models/".Length..] : model, "");
        return asked[(provider, model)] = byName.GetValueOrDefault((provider, name));
    }

    [GeneratedRegex(
        @"-(20\d{6}|20\d{2}-\d{2}-\d{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex DatedSuffix();
}
