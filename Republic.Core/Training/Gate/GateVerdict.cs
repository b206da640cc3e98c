using System.Text.Json.Serialization;

namespace Republic.Core.Training.Gate;

/// <summary>What before and after say of a new version.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateVerdict>))]
public enum GateVerdict
{
    [JsonStringEnumMemberName("better")]
    Better,

    [JsonStringEnumMemberName("no_change")]
    NoChange,

    [JsonStringEnumMemberName("worse")]
    Worse,

    /// <summary>Under <see cref="GateComparison.FewestPrompts"/> prompts.</summary>
    [JsonStringEnumMemberName("too_few")]
    TooFew,

    /// <summary>Nothing could grade the answers.</summary>
    [JsonStringEnumMemberName("not_graded")]
    NotGraded,
}
