using System.Text.Json.Serialization;

namespace Republic.Core.Training.Runs;

/// <summary>What a run's rows come from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunOrigin>))]
public enum RunOrigin
{
    [JsonStringEnumMemberName("datasets")]
    Datasets,

    /// <summary>The person's own chats with the minion.</summary>
    [JsonStringEnumMemberName("interactions")]
    Interactions,
}
