using System.Text.Json;

namespace Republic.Core.Inference.Http;

/// <summary>What stands at the head of an answer and of each of its chunks.</summary>
/// <param name="History">Null where all of it was given to the model and was not too long.</param>
internal sealed record AnswerHead(string Id, long Created, string Model, HistoryUsage? History)
{
    /// <summary>One more member of a whole answer, and of a stream's first chunk; or nothing.</summary>
    public string HistoryJson => History is null ? "" : $",\"history\":{JsonSerializer.Serialize(History, HostJson.Options)}";

    /// <summary>The object's beginning, without its closing brace.</summary>
    public string Json(string kind) =>
        $"{{\"id\":\"{Id}\",\"object\":\"{kind}\",\"created\":{Created},\"model\":{JsonSerializer.Serialize(Model, HostJson.Options)}";
}
