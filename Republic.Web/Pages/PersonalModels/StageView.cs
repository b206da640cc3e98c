using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>One stage of a model's way as its page lists it.</summary>
/// <param name="State">done, active, failed or todo, as the stylesheet has it.</param>
/// <param name="Took">How long it took, where it is over.</param>
public sealed record StageView(string Name, string State, string? Took, string Sentence)
{
    private static readonly (ModelState State, string Name)[] Way =
    [
        (ModelState.Checking, "Check"),
        (ModelState.Downloading, "Download"),
        (ModelState.Verifying, "Verify"),
        (ModelState.Installing, "Install"),
        (ModelState.Testing, "Test"),
        (ModelState.Ready, "Ready"),
    ];

    public static IReadOnlyList<StageView> Of(PersonalModelCard card, FitReport? fit)
    {
        var at = card.StoppedAt ?? (card.Status == ModelState.Pending ? ModelState.Checking : card.Status);
        return
        [
            .. Way.Where(stage => card.Origin != ModelOrigin.Upload || stage.State >= ModelState.Verifying)
                .Select(stage => new StageView(
                    stage.Name,
                    StateOf(stage.State, at, card),
                    Time(stage.State, card),
                    Said(stage.State, at, card, fit)
                )),
        ];
    }

    private static string StateOf(ModelState stage, ModelState at, PersonalModelCard card) =>
        stage < at || (stage == at && at == ModelState.Ready) ? "done"
        : stage > at ? "todo"
        : card.Status is ModelState.Failed ? "failed"
        : card.Status is ModelState.Paused ? "todo"
        : "active";

    private static string? Time(ModelState stage, PersonalModelCard card)
    {
        var next = card
            .Stages.Where(one => one.Key > stage && one.Key <= ModelState.Ready)
            .OrderBy(one => one.Key)
            .Select(one => one.Value)
            .FirstOrDefault();
        return card.Stages.TryGetValue(stage, out var begun) && next > begun ? Figures.Clock((next - begun).TotalSeconds) : null;
    }

    private static string Said(ModelState stage, ModelState at, PersonalModelCard card, FitReport? fit) =>
        stage switch
        {
            ModelState.Checking => card.Facts is { } facts
                ? $"{facts.Architecture}, {Figures.Count(facts.Layers, "layer")}, trained to read {Figures.Count(facts.ContextLength, "token")}.{(fit is null ? "" : $" {Capital(FitWords.Of(fit).Word)}.")}"
                : "Its header, at the source.",
            ModelState.Downloading => stage == at && card.Waiting is { } waiting ? waiting
            : card.BytesTotal is { } total ? $"{ByteSize.Of(total)}. It goes on after a restart."
            : "It goes on after a restart.",
            ModelState.Verifying => card.LocalPath is null ? "SHA-256 and header of the file." : $"SHA-256 {card.Sha256![..12]}…",
            ModelState.Installing => "Named by its digest, stored once.",
            ModelState.Testing => card.Measured?.TokensPerS is { } speed ? $"{Figures.Speed(speed)}." : "It is loaded and asked something.",
            _ => "Minions can use it.",
        };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
