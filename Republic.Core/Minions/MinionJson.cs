using System.Text.Json;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions;

/// <summary>A minion's fields as the JSON API takes them.</summary>
public static class MinionJson
{
    private static readonly JsonFields<MinionInput> Fields = new(new BitBooleanConverter());

    /// <param name="over">What stands: absent keeps it, null clears it.</param>
    public static Outcome<MinionInput> Read(JsonElement body, MinionInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the minion's fields.");
        }

        var input = over is null ? new MinionInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        input.ForgetApiKey |= body.TryGetProperty("api_key", out var key) && key.ValueKind == JsonValueKind.Null;
        return input;
    }
}
