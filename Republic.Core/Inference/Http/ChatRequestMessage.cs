using System.Text.Json;

namespace Republic.Core.Inference.Http;

/// <param name="Content">A text, or a list of parts of which only those of type text can be read.</param>
internal sealed record ChatRequestMessage(string? Role, JsonElement? Content);
