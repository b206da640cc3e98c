using Republic.Core;
using Republic.Core.Minions.Models;

namespace Republic.Web.Pages.Models;

/// <summary>A model to try in the place of another, as it is typed.</summary>
public sealed class ReplaceForm
{
    public string? Provider { get; set; }

    /// <summary>What stood there when the form was drawn.</summary>
    public string? From { get; set; }
    public string? ModelId { get; set; }
    public string? Prompt { get; set; }

    public string To => ModelId?.Trim() ?? "";

    public ModelSwitch Switch(int? fallback) => new(Provider ?? "", From ?? "", To, fallback);

    /// <summary>Where a POST switches back.</summary>
    public string UndoUrl(Guid minion, int? fallback) =>
        $"/models/{minion}/replace?handler=Switch&fallback={fallback}&Input.Provider={Uri.EscapeDataString(Provider ?? "")}"
        + $"&Input.From={Uri.EscapeDataString(To)}&Input.ModelId={Uri.EscapeDataString(From ?? "")}";

    /// <param name="present">What stands there now.</param>
    public Failure? Missing(string present) =>
        To.Length == 0 ? Failure.Invalid("model_id", "Enter the model that is to be tried.")
        : string.IsNullOrWhiteSpace(Prompt) ? Failure.Invalid("prompt", "Enter a question for the two.")
        : To == present ? Failure.Invalid("model_id", $"{present} is the current model. Choose another.")
        : null;
}
