using System.Text.Json.Nodes;

namespace Republic.Core.Inference.Answers;

/// <summary>A function that a model may call.</summary>
/// <param name="Parameters">The JSON schema of its arguments; null: any object.</param>
/// <param name="IsStrict">The arguments have to satisfy the schema, whatever is in it.</param>
internal sealed record Tool(string Name, JsonNode? Parameters, bool IsStrict);
