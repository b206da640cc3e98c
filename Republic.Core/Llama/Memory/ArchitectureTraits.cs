using System.Collections.Frozen;
using System.Text.Json;

namespace Republic.Core.Llama.Memory;

/// <summary>
/// What llama.cpp v0.5.0 knows of an architecture that decides about memory and stands in no header (its src/models/*.cpp and
/// llama_model::create_memory). architectures.json has those that are planned for as they are loaded; left out are those with a
/// cache of another kind, as that of an indexer, and encoders with a decoder.
/// </summary>
internal sealed record ArchitectureTraits
{
    private static readonly Lazy<FrozenDictionary<string, ArchitectureTraits>> Known = new(() =>
        Embedded().SelectMany(traits => traits.Names.Select(name => KeyValuePair.Create(name, traits))).ToFrozenDictionary()
    );

    /// <summary>As <c>general.architecture</c> spells them.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public WindowPattern? Window { get; init; }

    public RecurrentLayers Recurrent { get; init; }

    /// <summary>With <see cref="RecurrentLayers.ByInterval"/>: one layer of so many attends, where the header does not say.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many layers, from the first on, have keys and values of their own; null: all that attend.</summary>
    public int? CachedLayers { get; init; }

    /// <summary>False where llama.cpp never uses flash attention.</summary>
    public bool FlashAttention { get; init; } = true;

    /// <summary>Null for one that is not known here.</summary>
    public static ArchitectureTraits? Find(string architecture) => Known.Value.GetValueOrDefault(architecture);

    private static IReadOnlyList<ArchitectureTraits> Embedded()
    {
        using var stream =
            typeof(ArchitectureTraits).Assembly.GetManifestResourceStream("architectures.json")
            ?? throw new InvalidOperationException("architectures.json is not embedded in the assembly.");
        return JsonSerializer.Deserialize<IReadOnlyList<ArchitectureTraits>>(stream, SnakeCaseJson.Strict)!;
    }
}
