using Republic.Core.Citizens;

namespace Republic.Web.Pages.Citizens;

public sealed class PreferredModelForm
{
    /// <summary>Empty: none is preferred.</summary>
    public string? Provider { get; set; }

    public string? ModelId { get; set; }

    public static PreferredModelForm Of(PreferredModel? model) => new() { Provider = model?.Provider, ModelId = model?.ModelId };

    /// <summary>A model without a provider is refused beside its field, and not dropped.</summary>
    public PreferredModel? ToModel() =>
        string.IsNullOrEmpty(Provider) && string.IsNullOrWhiteSpace(ModelId) ? null : new PreferredModel(Provider ?? "", ModelId ?? "");
}
