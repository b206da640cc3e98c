using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Republic.Core.Inference.Http;

internal static class RequestBody
{
    /// <exception cref="RequestRefusedException">The body is no JSON object of the right kind.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, HostJson.Options, http.RequestAborted)
                ?? throw RequestRefusedException.BadField("", "The body is empty; a JSON object is needed.");
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "";
            throw RequestRefusedException.BadField(
                field,
                field.Length > 0 ? $"{field} has a value of the wrong kind." : "The body is not a JSON object."
            );
        }
    }

    public static string Model(string? given) =>
        string.IsNullOrEmpty(given)
            ? throw RequestRefusedException.BadField("model", "model is missing: name one of GET /v1/models.")
            : given;
}
