using System.Text.Json;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Traits;

/// <summary>The traits there are, and how well each two go together.</summary>
public sealed record TraitCatalog(IReadOnlyList<Trait> Traits, IReadOnlyList<TraitPair> Pairs)
{
    private const int LongestShown = 40;

    public static TraitCatalog Embedded { get; } = Read();

    public Trait? Find(string name) => Traits.FirstOrDefault(trait => trait.Name == name);

    internal string NoSuch(string? name) =>
        $"There is no trait “{(name?.Length > LongestShown ? $"{name[..LongestShown]}…" : name ?? "null")}”. Choose from {string.Join(", ", Traits.Select(trait => trait.Name))}.";

    /// <summary>0 for pairs that nobody has listed.</summary>
    public double Value(string one, string other) =>
        Pairs.FirstOrDefault(pair => (pair.One == one && pair.Other == other) || (pair.One == other && pair.Other == one))?.Value ?? 0;

    /// <summary>The mean over all pairs, from −1 to +1; 0 for fewer than two traits.</summary>
    public double Compatibility(IReadOnlyList<string> traits)
    {
        var values = traits.SelectMany((one, i) => traits.Skip(i + 1).Select(other => Value(one, other))).ToList();
        return values.Count == 0 ? 0 : values.Average();
    }

    private static TraitCatalog Read()
    {
        using var stream =
            typeof(TraitCatalog).Assembly.GetManifestResourceStream("traits.json")
            ?? throw new InvalidOperationException("traits.json is not embedded in the assembly.");
        return JsonSerializer.Deserialize<TraitCatalog>(stream, SnakeCaseJson.Strict)!;
    }
}
