using Republic.Core.Knowledge;
using Republic.Core.Memories;

namespace Republic.Web.Pages.Memories;

public sealed class SettingsForm
{
    public bool IsOn { get; set; }

    public bool Proposes { get; set; }

    public string? Provider { get; set; }

    public string? ModelId { get; set; }

    public static SettingsForm Of(MemorySettings settings) =>
        new()
        {
            IsOn = settings.IsOn,
            Proposes = settings.Proposes,
            Provider = settings.Embedding?.Provider,
            ModelId = settings.Embedding?.ModelId,
        };

    /// <summary>An address and a key that were set through the API stay while provider and model do.</summary>
    public void Into(MemorySettings settings)
    {
        (settings.IsOn, settings.Proposes) = (IsOn, Proposes);
        var chosen = string.IsNullOrEmpty(Provider) ? null : new EmbeddingModel(Provider, ModelId?.Trim() ?? "");
        settings.Embedding =
            (chosen?.Provider, chosen?.ModelId) == (settings.Embedding?.Provider, settings.Embedding?.ModelId)
                ? settings.Embedding
                : chosen;
    }
}
