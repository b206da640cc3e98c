using System.Text.Json;

namespace Republic.Web.Pages.Training;

/// <summary>What a step handed on, read by name; what is not there, or of another kind, is null.</summary>
public readonly record struct StepOutput(JsonElement Json)
{
    public double? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public int? Whole(string name) => Number(name) is { } number ? (int)Math.Round(number) : null;

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool Is(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    public StepOutput Part(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new(value) : default;

    public IReadOnlyList<StepOutput> Items(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(item => new StepOutput(item))] : [];

    private JsonElement? Find(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value : null;
}
