using Republic.Core.Episodes.Control;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>Where a timeline is forked, and which words are spoken there instead.</summary>
public sealed class ForkForm
{
    /// <summary>The number of a step.</summary>
    public long? AtSeq { get; set; }

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    public bool Show { get; set; }

    public ForkInput ToInput() =>
        new(AtSeq, string.IsNullOrWhiteSpace(Text) ? null : Text, TypedText.Plain(Outcome), To: null, Cast: null, Inject: null, Show);
}
