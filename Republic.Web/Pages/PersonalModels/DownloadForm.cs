using Republic.Core.PersonalModels;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The options of a download form, beside the file itself.</summary>
public sealed class DownloadForm
{
    public string? CustomName { get; set; }

    public string? Sha256 { get; set; }

    public string? SecondUrl { get; set; }

    public bool LoadAnyway { get; set; }

    /// <summary>A field behind the fold was typed, so that the fold is open and shows what is wrong with it.</summary>
    public bool HasMore => !string.IsNullOrEmpty(Sha256) || !string.IsNullOrEmpty(SecondUrl);

    public ModelOrder ToOrder(string? modelId, string? url, string? variant) =>
        new()
        {
            ModelId = modelId,
            Url = modelId is null ? url : null,
            Variant = modelId is null ? null : variant,
            CustomName = CustomName,
            Sha256 = Sha256,
            SecondUrl = SecondUrl,
            LoadAnyway = LoadAnyway,
        };
}
