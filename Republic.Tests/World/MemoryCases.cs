using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core;

namespace Republic.Tests.World;

/// <summary>What models were seen or computed to take, with where that was said (memory-cases.json).</summary>
internal sealed record MemoryCases(string Note, IReadOnlyList<MemoryCases.Row> Cases)
{
    private static readonly Lazy<MemoryCases> Embedded = new(() =>
    {
        using var stream = typeof(MemoryCases).Assembly.GetManifestResourceStream("memory-cases.json")!;
        return JsonSerializer.Deserialize<MemoryCases>(stream, SnakeCaseJson.Options)!;
    });

    public static MemoryCases All => Embedded.Value;

    /// <summary>Weights in GiB, by quantisation.</summary>
    [JsonPropertyName("llama_3_1_8b_gib")]
    public Dictionary<string, JsonElement> Llama8B { get; init; } = [];

    public static Row Of(string model) => All.Cases.Single(row => row.Model == model);

    internal sealed record Row(string Model, int N, string Source)
    {
        public int Layers { get; init; }

        public int LayersFull { get; init; }

        public int LayersWindow { get; init; }

        public int LayersRecurrent { get; init; }

        public int Window { get; init; }

        public int HeadsKv { get; init; }

        public int NHead { get; init; }

        [JsonPropertyName("d_k")]
        public int KeyLength { get; init; }

        [JsonPropertyName("d_v")]
        public int ValueLength { get; init; }

        public string K { get; init; } = "f16";

        public string V { get; init; } = "f16";

        public double? KvMib { get; init; }

        public double? KvMibSwaFull { get; init; }

        public long? KvBytes { get; init; }

        public long? KqBytes { get; init; }

        public double? WeightsMib { get; init; }

        public double? TotalMib { get; init; }
    }
}
