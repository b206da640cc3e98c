using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering.Traces;

/// <summary>How an answer was made: its stages in their order, with all their texts.</summary>
public sealed record AnswerTrace(IReadOnlyList<StageTrace> Stages)
{
    /// <summary>The passages that the answer was given, numbered from 1 as it cites them.</summary>
    public IReadOnlyList<CitedPassage> Passages { get; init; } = [];

    /// <summary>Who was asked for the stages before generation.</summary>
    [JsonIgnore]
    public IReadOnlyList<RouteAttempt> Attempts => [.. Stages.SelectMany(stage => stage.Attempts ?? [])];

    /// <summary>With one more stage, or with another outcome of one that it has.</summary>
    public AnswerTrace With(StageTrace stage) =>
        this with
        {
            Stages = Find(stage.Name) is { } known ? [.. Stages.Select(s => s == known ? stage : s)] : [.. Stages, stage],
        };

    public StageTrace? Find(StageName name) => Stages.FirstOrDefault(stage => stage.Name == name);

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Compact);
}
