using System.Text.Json.Serialization;

namespace Republic.Core.Training;

/// <summary>The nine steps, by their index.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepName>))]
public enum StepName
{
    [JsonStringEnumMemberName("capture_before_metrics")]
    CaptureBeforeMetrics,

    [JsonStringEnumMemberName("refine_datasets")]
    RefineDatasets,

    [JsonStringEnumMemberName("configure_traits")]
    ConfigureTraits,

    [JsonStringEnumMemberName("enhance_model")]
    EnhanceModel,

    [JsonStringEnumMemberName("validate_traits")]
    ValidateTraits,

    [JsonStringEnumMemberName("test_performance")]
    TestPerformance,

    [JsonStringEnumMemberName("capture_after_metrics")]
    CaptureAfterMetrics,

    [JsonStringEnumMemberName("calculate_improvements")]
    CalculateImprovements,

    [JsonStringEnumMemberName("finalize")]
    Finalize,
}
