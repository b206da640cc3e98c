using System.Text.Json.Serialization;

namespace Republic.Core.Training.Configuration;

/// <summary>When a run's version takes the place of the minion's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Promotion>))]
public enum Promotion
{
    /// <summary>When it was measured to be better, and has not forgotten.</summary>
    [JsonStringEnumMemberName("gate")]
    Gate,

    /// <summary>Whatever was measured.</summary>
    [JsonStringEnumMemberName("always")]
    Always,

    /// <summary>Only by hand, after the run.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}
