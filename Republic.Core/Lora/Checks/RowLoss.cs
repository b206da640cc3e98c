using System.Text.Json.Serialization;

namespace Republic.Core.Lora.Checks;

/// <summary>What was measured of one line of a file.</summary>
/// <param name="File">Its number among the files, from 0.</param>
/// <param name="Line">From 1.</param>
/// <param name="Loss">Nats per answer token, not a number where the model drove its numbers out of range; null where the line cannot be used.</param>
internal sealed record RowLoss(
    int File,
    int Line,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? Loss
);
