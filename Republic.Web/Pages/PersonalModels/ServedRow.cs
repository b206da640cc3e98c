using Republic.Core.PersonalModels.Serving;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>A model in memory, in words.</summary>
internal sealed record ServedRow(ServedModel Model)
{
    /// <summary>The share of all prompts' tokens that did not have to be read again.</summary>
    public string Cached => Model.Host.PromptTokens == 0 ? "–" : Figures.Share(Model.Host.CachedTokens, Model.Host.PromptTokens);

    /// <summary>How long it stays in memory.</summary>
    public string Stays =>
        Model.Host.Draining ? "until its answers have ended"
        : Model.IsPinnedByOwner ? "until you unpin it"
        : Model.Host.Pinned ? "pinned by somebody else"
        : Model.Host.UnloadsInSeconds is { } left ? $"{Figures.About(TimeSpan.FromSeconds(left))} more"
        : "while it answers";
}
