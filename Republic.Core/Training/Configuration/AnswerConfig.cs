using System.Text.Json.Serialization;

namespace Republic.Core.Training.Configuration;

/// <summary>How the minion's model is asked during a run; what is null is the minion's own.</summary>
public sealed record AnswerConfig
{
    public double? Temperature { get; init; }

    [JsonPropertyName("topP")]
    public double? TopP { get; init; }

    [JsonPropertyName("maxTokens")]
    public int? MaxTokens { get; init; }

    [JsonPropertyName("baseUrl")]
    public string? BaseUrl { get; init; }

    /// <summary>The minion's own, if it is sent: a run asks no other, and one that names another is refused. It is not kept.</summary>
    public string? Provider { get; init; }

    /// <inheritdoc cref="Provider"/>
    public string? Model { get; init; }

    internal IEnumerable<FieldError> Problems()
    {
        if (Temperature is not (null or (>= 0 and <= 2)))
        {
            yield return new("config.model.temperature", $"The temperature is {Temperature}; 0 to 2 is possible.");
        }

        if (TopP is not (null or (> 0 and <= 1)))
        {
            yield return new("config.model.topP", $"topP is {TopP}; more than 0 up to 1 is possible.");
        }

        if (MaxTokens is not (null or (>= 1 and <= 1_000_000)))
        {
            yield return new("config.model.maxTokens", $"maxTokens is {MaxTokens}; 1 to 1000000 is possible.");
        }
    }
}
