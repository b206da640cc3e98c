using System.Text.Json.Serialization;

namespace Republic.Core.Training.Gate;

/// <summary>What before and after say of a new version.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateVerdict>))]
public enum GateVerdict
{
    [JsonStringEnumMemberName("better")]
    Better,

    /// <summary>None beyond chance, or one that has nothing to do with what is asked.</summary>
    [JsonStringEnumMemberName("no_change")]
    NoChange,

    [JsonStringEnumMemberName("worse")]
    Worse,

    /// <summary>It lost answers that the version before could give, or its answers degenerate, whatever else became better.</summary>
    [JsonStringEnumMemberName("forgot")]
    Forgot,

    /// <summary>Under <see cref="GateComparison.FewestGroups"/> groups of prompts.</summary>
    [JsonStringEnumMemberName("too_few")]
    TooFew,

    /// <summary>Nothing could grade the answers.</summary>
    [JsonStringEnumMemberName("not_graded")]
    NotGraded,
}
