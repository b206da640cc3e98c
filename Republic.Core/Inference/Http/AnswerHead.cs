using System.Text.Json;

namespace Republic.Core.Inference.Http;

/// <summary>What stands at the head of an answer and of each of its chunks.</summary>
internal sealed record AnswerHead(string Id, long Created, string Model)
{
    /// <summary>The object's beginning, without its closing brace.</summary>
    public string Json(string kind) =>
        $"{{\"id\":\"{Id}\",\"object\":\"{kind}\",\"created\":{Created},\"model\":{JsonSerializer.Serialize(Model, HostJson.Options)}";
}
