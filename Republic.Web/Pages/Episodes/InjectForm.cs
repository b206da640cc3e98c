using Republic.Core.Episodes.Control;
using Republic.Web.Pages.Scenarios;
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

    /// <summary>Neither a message nor a fact was typed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && TypedText.Plain(Fact) is null && TypedText.Plain(Value) is null;

    public InjectInput ToInput()
    {
        var fact = TypedText.Plain(Fact);
        return new(
            string.IsNullOrWhiteSpace(Text) ? null : Text,
            fact,
            fact is null || TypedText.Plain(Value) is not { } value ? null : FactWords.Any(value),
            Core.Scenarios.Audience.Of(Audience)
        );
    }
}
