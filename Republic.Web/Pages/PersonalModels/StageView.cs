using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>One stage of an installation as the page of its model lists it.</summary>
/// <param name="State">One of done, active, failed and todo, which the stylesheet shows.</param>
/// <param name="Duration">The time that it took; null until it is over.</param>
public sealed record StageView(string Name, string State, string? Duration, string Sentence)
{
    private static readonly (ModelState State, string Name)[] Order =
    [
        (ModelState.Checking, "Check"),
        (ModelState.Downloading, "Download"),
        (ModelState.Quantizing, "Quantize"),
        (ModelState.Verifying, "Verify"),
        (ModelState.Installing, "Install"),
        (ModelState.Testing, "Test"),
        (ModelState.Ready, "Ready"),
    ];

    public static IReadOnlyList<StageView> Of(PersonalModelCard card, FitReport? fit)
    {
        var current = card.StoppedAt ?? (card.Status == ModelState.Pending ? ModelState.Checking : card.Status);
        return
        [
            .. Order
                .Where(stage => IsOf(card.Origin, stage.State))
                .Select(stage => new StageView(
                    stage.Name,
                    StateOf(stage.State, current, card),
                    DurationOf(stage.State, card),
                    SentenceOf(stage.State, current, card, fit)
                )),
        ];
    }

    private static bool IsOf(ModelOrigin origin, ModelState stage) =>
        stage switch
        {
            ModelState.Checking or ModelState.Downloading => origin is not (ModelOrigin.Upload or ModelOrigin.Quantized),
            ModelState.Quantizing => origin == ModelOrigin.Quantized,
            _ => true,
        };

    private static string StateOf(ModelState stage, ModelState current, PersonalModelCard card) =>
        stage < current || (stage == current && current == ModelState.Ready) ? "done"
        : stage > current ? "todo"
        : card.Status is ModelState.Failed ? "failed"
        : card.Status is ModelState.Paused ? "todo"
        : "active";

    private static string? DurationOf(ModelState stage, PersonalModelCard card)
    {
        var next = card
            .Stages.Where(one => one.Key > stage && one.Key <= ModelState.Ready)
            .OrderBy(one => one.Key)
            .Select(one => one.Value)
            .FirstOrDefault();
        return card.Stages.TryGetValue(stage, out var begun) && next > begun ? Figures.Clock((next - begun).TotalSeconds) : null;
    }

    private static string SentenceOf(ModelState stage, ModelState current, PersonalModelCard card, FitReport? fit) =>
        stage switch
        {
            ModelState.Checking => card.Facts is { } facts
                ? $"{facts.Architecture}, {Figures.Count(facts.Layers, "layer")}, trained to read {Figures.Count(facts.ContextLength, "token")}.{(fit is null ? "" : $" {Capital(FitLabel.Of(fit).Text)}.")}"
                : "Reads the header of the file at its source.",
            ModelState.Downloading => stage == current && card.Waiting is { } waiting ? waiting
            : card.BytesTotal is { } total ? $"{ByteSize.Of(total)}. Resumes after a restart of the server."
            : "Resumes after a restart of the server.",
            ModelState.Quantizing => $"Makes a copy in {card.Variant}. A copy that is interrupted begins anew.",
            ModelState.Verifying => card.LocalPath is null ? "Checks the header of the complete file." : $"SHA-256 {card.Sha256![..12]}…",
            ModelState.Installing => "Stored once under its SHA-256, however many people have it.",
            ModelState.Testing => card.Measured?.TokensPerS is { } speed
                ? $"{Figures.Speed(speed)}."
                : "Loads the model and asks it a question.",
            _ => "Minions can use it.",
        };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
