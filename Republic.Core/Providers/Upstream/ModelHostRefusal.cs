using System.Text.Json;

namespace Republic.Core.Providers.Upstream;

/// <summary>A refusal of our own model host that says already what to do about it.</summary>
internal sealed record ModelHostRefusal(ModelHostRefusal.Content Error)
{
    private const string NoMemory = "insufficient_memory";
    private const string QuarantinedModel = "quarantined_model_file";
    private const string QuarantinedAdapter = "quarantined_adapter";

    /// <summary>Null for anything else that it answers.</summary>
    public static ModelHostRefusal? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return
                JsonSerializer.Deserialize<ModelHostRefusal>(body, SnakeCaseJson.Options)
                    is { Error: { Message: not null, Code: NoMemory or QuarantinedModel or QuarantinedAdapter } } refusal
                ? refusal
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public ProviderException For(string provider, int? statusCode, TimeSpan? retryAfter) =>
        new(Error.Code == NoMemory ? ProviderErrorKind.OutOfMemory : ProviderErrorKind.BadRequest, provider, Error.Message!)
        {
            StatusCode = statusCode,
            RetryAfter = retryAfter,
            LargestContext = Error.LargestContext,
        };

    internal sealed record Content(string? Message, string? Code, int? LargestContext);
}
