using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Lora;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Trainer;

/// <summary>A line of JSON that the child writes: progress or what was measured of a row, or at last how it ended.</summary>
/// <param name="Message">What went wrong, for people.</param>
internal sealed record TrainingLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainingProgress? Progress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainingEnd? End = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RowLoss? Row = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MeasureProgress? Measured = null
)
{
    public string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Options);

    /// <summary>Null for a line of something else.</summary>
    public static TrainingLine? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingLine>(line, SnakeCaseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
