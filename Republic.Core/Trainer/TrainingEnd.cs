using System.Text.Json.Serialization;

namespace Republic.Core.Trainer;

/// <summary>How a child's part of a run ended, in its own words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingEnd>))]
internal enum TrainingEnd
{
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It was told to; the checkpoint holds all that was done.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Memory ran out where the run itself could not ask for less, and fewer rows at a time might have been enough.</summary>
    [JsonStringEnumMemberName("out_of_memory")]
    OutOfMemory,
}
