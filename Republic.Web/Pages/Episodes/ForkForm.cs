using Republic.Core.Episodes.Control;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>Where a timeline is forked, and what is otherwise there.</summary>
public sealed class ForkForm
{
    /// <summary>The number of a step.</summary>
    public long? AtSeq { get; set; }

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    /// <summary>The name of the state that it goes on to.</summary>
    public string? To { get; set; }

    /// <summary>A role and who plays it from there on, as <see cref="ForkChoices.Player"/> writes them.</summary>
    public string? Player { get; set; }

    public InjectForm Inject { get; set; } = new();

    public bool Show { get; set; }

    public ForkInput ToInput() =>
        new(
            AtSeq,
            string.IsNullOrWhiteSpace(Text) ? null : Text,
            TypedText.Plain(Outcome),
            TypedText.Plain(To),
            ForkChoices.Cast(Player),
            Inject.IsEmpty ? null : Inject.ToInput(),
            Show
        );
}
