using System.Text.Json.Serialization;

namespace Republic.Core.Training;

/// <summary>What step 3 does. The two are never confused: only one of them changes weights, and only that one has a loss.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingMethod>))]
public enum TrainingMethod
{
    /// <summary>Traits become a system prompt.</summary>
    [JsonStringEnumMemberName("persona")]
    Persona,

    /// <summary>Weights are trained on a local base model.</summary>
    [JsonStringEnumMemberName("lora")]
    Lora,
}
