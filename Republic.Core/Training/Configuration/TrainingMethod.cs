using System.Text.Json.Serialization;

namespace Republic.Core.Training.Configuration;

/// <summary>The kinds of change that step 4 can make. Only two of them train weights, and only those have a loss.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingMethod>))]
public enum TrainingMethod
{
    /// <summary>Traits become a system prompt.</summary>
    [JsonStringEnumMemberName("persona")]
    Persona,

    /// <summary>The minion's own weights are trained, on the model here that it answers with.</summary>
    [JsonStringEnumMemberName("lora")]
    Lora,

    /// <summary>Weights are trained on a model here, to draft in the voice of a minion whose own model runs elsewhere.</summary>
    [JsonStringEnumMemberName("style")]
    Style,

    /// <summary>Collections are linked, and nothing is trained.</summary>
    [JsonStringEnumMemberName("knowledge")]
    Knowledge,
}
