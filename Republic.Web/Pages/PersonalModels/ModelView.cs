using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Training.Versions;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>Everything that the page of a model shows.</summary>
public sealed record ModelView(PersonalModelCard Card)
{
    public FitReport? Fit { get; init; }

    public MatrixView? Matrix { get; init; }

    public IReadOnlyList<ModelVersionCard> Versions { get; init; } = [];

    public required DependentList Dependents { get; init; }

    /// <summary>Null while it is not in memory.</summary>
    public ServedModel? Served { get; init; }

    /// <summary>Null while it does not wait for memory.</summary>
    public WaitingModel? Waiting { get; init; }

    /// <summary>The name of the model that it was quantized from; null for any other, and where that was deleted.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<StageView> Stages => StageView.Of(Card, Fit);

    /// <summary>Its weights have 16 or 32 bits, so that a smaller copy of it can be made.</summary>
    public bool CanBeQuantized => Card.IsUsable && Card.Variant is "F16" or "BF16" or "F32";

    /// <summary>The longest context with which it would fit, where it does not with the one that it is to have.</summary>
    public int? ShorterContext => Fit is { Verdict: FitReport.DoesNotFit, ShorterContext: { } shorter } ? shorter : null;
}
