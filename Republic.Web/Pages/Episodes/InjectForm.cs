using System.Globalization;
using System.Text.Json;
using Republic.Core.Episodes.Control;
using Republic.Core.Scenarios;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>A message from outside, or a fact, as it is typed.</summary>
public sealed class InjectForm
{
    public string? Text { get; set; }

    /// <summary>Empty for a message.</summary>
    public string? Fact { get; set; }

    public string? Value { get; set; }

    /// <summary>The roles that get to know it.</summary>
    public List<string> Audience { get; set; } = [];

    public InjectInput ToInput()
    {
        var fact = TypedText.Plain(Fact);
        return new(
            string.IsNullOrWhiteSpace(Text) ? null : Text,
            fact,
            fact is null ? null : Read(Value),
            Core.Scenarios.Audience.Of(Audience)
        );
    }

    /// <summary>A number, yes or no where it is one: conditions compare them as such.</summary>
    private static JsonElement? Read(string? typed) =>
        TypedText.Plain(typed) switch
        {
            null => null,
            "yes" or "true" => JsonSerializer.SerializeToElement(true),
            "no" or "false" => JsonSerializer.SerializeToElement(false),
            var text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                JsonSerializer.SerializeToElement(number),
            var text => JsonSerializer.SerializeToElement(text),
        };
}
