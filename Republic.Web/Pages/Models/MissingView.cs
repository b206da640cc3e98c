using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Missing;

namespace Republic.Web.Pages.Models;

/// <summary>The models of a minion that are not on this machine, and the one that has another file than its weights were trained on.</summary>
public sealed record MissingView(Minion Minion, IReadOnlyList<MissingModel> Missing, ReplacedModel? Replaced)
{
    /// <summary>Above a chat, where there is little space.</summary>
    public bool IsShort { get; init; }

    /// <summary>Within the form of the minion, where no other form can be.</summary>
    public bool IsInForm { get; init; }

    /// <summary>The page to show after a move; null: the minion's.</summary>
    public string? Back { get; init; }

    public bool IsEmpty => Missing.Count == 0 && Replaced is null;

    public static async Task<MissingView> OfAsync(MissingModels models, Minion minion, CancellationToken ct) =>
        new(minion, await models.OfAsync(minion, ct), await models.ReplacedAsync(minion, ct));

    public bool IsOwn(MissingModel missing) => missing.Name == Minion.ModelId && Missing[0] == missing;

    public string Meaning(MissingModel missing)
    {
        var name = Minion.Citizen.DisplayName;
        return !IsOwn(missing) ? $"As a fallback of {name} it is passed over."
            : Minion.Fallbacks.Count > 0 ? $"Only the fallbacks of {name} answer until it has another model."
            : $"{name} does not answer until it has another model.";
    }

    public static string Fact(MissingModel missing) => $"is not on this machine{(missing.WasRemoved ? " any more" : "")}.";

    /// <summary>What a button says of a model.</summary>
    public static string Label(LocalModel model) =>
        model.Fit is { Verdict: FitReport.DoesNotFit or "tight" } ? $"{model.Name}, which {LocalModelText.Verdict(model)}" : model.Name;
}
