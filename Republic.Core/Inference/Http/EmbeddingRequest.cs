using System.Text.Json;

namespace Republic.Core.Inference.Http;

/// <param name="Installed">The file that <paramref name="Model"/> is a person's name of; without it, that is the name of a file.</param>
/// <param name="Input">A text or a list of texts, or a list of tokens or of such lists.</param>
/// <param name="EncodingFormat"><c>float</c> or <c>base64</c> (32-bit floats, little endian).</param>
/// <param name="Dimensions">Vectors have the length that the model gives them; another cannot be had.</param>
internal sealed record EmbeddingRequest(
    string? Model,
    JsonElement? Input,
    string? EncodingFormat,
    int? Dimensions,
    InstalledFile? Installed
);
