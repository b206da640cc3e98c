using Republic.Core.Episodes.Control;

namespace Republic.Web.Pages.Episodes;

/// <summary>What a person does in their role.</summary>
public sealed class ActForm
{
    public string? Role { get; set; }

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    public ActInput ToInput() => new(Role, Text, string.IsNullOrEmpty(Outcome) ? null : Outcome, Score: null);
}
