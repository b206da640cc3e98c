using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Memories;
using Republic.Web.Pages.Knowledge;

namespace Republic.Web.Pages.Memories;

public sealed class SettingsForm
{
    public bool IsOn { get; set; }

    public bool Proposes { get; set; }

    /// <summary>Empty: none, by words alone; <see cref="EmbeddingForm.BuiltIn"/> also where nothing was chosen.</summary>
    public string? Provider { get; set; }

    public string? ModelId { get; set; }

    public static SettingsForm Of(MemorySettings settings)
    {
        var model = BuiltInEmbedding.Is(settings.Embedding) ? null : settings.Embedding;
        return new()
        {
            IsOn = settings.IsOn,
            Proposes = settings.Proposes,
            Provider = settings.ByWords ? "" : model?.Provider ?? EmbeddingForm.BuiltIn,
            ModelId = model?.ModelId,
        };
    }

    /// <summary>An address and a key that were set through the API stay while provider and model do.</summary>
    public void Into(MemorySettings settings)
    {
        (settings.IsOn, settings.Proposes) = (IsOn, Proposes);
        var byWords = string.IsNullOrEmpty(Provider);
        var chosen = byWords || Provider == EmbeddingForm.BuiltIn ? null : new EmbeddingModel(Provider!, ModelId?.Trim() ?? "");
        var isAsBefore = (chosen?.Provider, chosen?.ModelId) == (settings.Embedding?.Provider, settings.Embedding?.ModelId);
        settings.RecallBy(isAsBefore ? settings.Embedding : chosen, byWords);
    }
}
