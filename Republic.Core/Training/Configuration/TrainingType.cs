using System.Text.Json.Serialization;

namespace Republic.Core.Training.Configuration;

/// <summary>What a run gives a minion.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingType>))]
public enum TrainingType
{
    [JsonStringEnumMemberName("lora_only")]
    LoraOnly,

    [JsonStringEnumMemberName("rag_only")]
    RagOnly,

    [JsonStringEnumMemberName("hybrid")]
    Hybrid,
}
