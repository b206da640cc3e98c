using Republic.Core.Episodes.Control;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>The form by which a person acts in their role.</summary>
public sealed class ActForm
{
    public string? Role { get; set; }

    /// <summary>The number of the step that was waited for.</summary>
    public long? Seq { get; set; }

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    /// <summary>As it is typed, where the state wants one.</summary>
    public string? Score { get; set; }

    // What is no number is refused with all else that is wrong, as one out of range.
    public ActInput ToInput() =>
        new(
            Role,
            Text,
            string.IsNullOrEmpty(Outcome) ? null : Outcome,
            string.IsNullOrWhiteSpace(Score) ? (double?)null : TypedNumber.Number("score", Score, []) ?? double.NaN,
            Seq
        );
}
