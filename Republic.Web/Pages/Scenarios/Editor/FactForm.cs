using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The form of a fact.</summary>
public sealed class FactForm
{
    public string? Name { get; set; }

    /// <summary>text, number, yes, no, list or nothing.</summary>
    public string? Kind { get; set; } = "text";

    /// <summary>The text or the number; of a list, an entry to each line.</summary>
    public string? Value { get; set; }

    /// <summary>all, listed or nobody.</summary>
    public string? KnownTo { get; set; } = "all";

    public List<string> Roles { get; set; } = [];

    public DateTimeOffset? UpdatedAt { get; set; }

    public static FactForm Of(FactDefinition fact, DateTimeOffset updatedAt) =>
        new()
        {
            Name = Typed.Text(fact.Name),
            Kind = fact.Value.ValueKind switch
            {
                JsonValueKind.String => "text",
                JsonValueKind.Number => "number",
                JsonValueKind.True => "yes",
                JsonValueKind.False => "no",
                JsonValueKind.Array => "list",
                _ => "nothing",
            },
            Value = FactWords.Of(fact.Value),
            KnownTo = fact.KnownTo is null ? "nobody" : Typed.Word<AudienceKind>(fact.KnownTo.Kind),
            Roles = [.. fact.KnownTo?.Roles ?? []],
            UpdatedAt = updatedAt,
        };

    internal Outcome<FactDefinition> ToFact()
    {
        JsonElement? value = Kind switch
        {
            "number" => FactWords.Number(Value),
            "yes" => JsonSerializer.SerializeToElement(true),
            "no" => JsonSerializer.SerializeToElement(false),
            "nothing" => JsonSerializer.SerializeToElement<object?>(null),
            "list" => FactWords.List(Value),
            _ => FactWords.Text(Value),
        };
        if (value is not { } kept)
        {
            return Failure.Invalid("value", "This is no number that can be kept. Write it like 12 or 0.5, or choose a text.");
        }

        return KnownTo == "listed" && Roles.Count == 0
            ? Failure.Invalid("known_to", "Choose who knows it, or nobody.")
            : new FactDefinition(Typed.Name(Name) ?? "", kept) { KnownTo = Typed.Audience(KnownTo, Roles) };
    }
}
