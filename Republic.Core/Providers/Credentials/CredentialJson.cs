using System.Text.Json;

namespace Republic.Core.Providers.Credentials;

/// <summary>A stored key's fields as the JSON API takes them.</summary>
public static class CredentialJson
{
    private static readonly JsonFields<CredentialInput> Fields = new();

    /// <param name="over">What stands: absent keeps it, null clears it.</param>
    public static Outcome<CredentialInput> Read(JsonElement body, CredentialInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the key's fields, such as {\"provider\": …, \"api_key\": …}.");
        }

        var input = over is null ? new CredentialInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        input.ForgetApiKey |= body.TryGetProperty("api_key", out var key) && key.ValueKind == JsonValueKind.Null;
        return input;
    }
}
