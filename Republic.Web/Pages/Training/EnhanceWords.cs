using Republic.Core;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>Step 4 in words: what it makes of the minion, and the collections that it links.</summary>
internal static class EnhanceWords
{
    public static string Plan(TrainingCard run) =>
        Joined(
            run.Method switch
            {
                TrainingMethod.Persona => "The traits become part of the system prompt",
                TrainingMethod.Knowledge => null,
                _ =>
                    $"LoRA{(run.Config.Lora.Rank is { } rank ? $" of rank {rank}" : "")} on {run.Config.BaseModel ?? run.Model}{(run.Config.Continues ? ", from the weights in use, where there are any" : "")}",
            },
            run.CollectionIds.Count > 0 ? Figures.Count(run.CollectionIds.Count, "collection")
                : run.TrainingType != TrainingType.LoraOnly ? "a collection of the rows"
                : null
        );

    public static string Result(TrainingCard run, StepOutput output)
    {
        var (weights, collections) = (output.Part("weights"), output.Items("collections"));
        return Joined(
            run.Method switch
            {
                TrainingMethod.Persona => output.Whole("enhanced_prompt_length") is { } length and > 0
                    ? $"A system prompt of {Figures.Count(length, "character")}"
                    : "The system prompt stays as it is",
                TrainingMethod.Knowledge => null,
                _ =>
                    $"{Steps(weights)}{(weights.Whole("from_version") is { } from ? $" from version {from} on" : "")}, {Size(weights.Number("bytes"))}",
            },
            collections.Count > 0
                ? $"{Figures.Count(collections.Count, "collection")}, {Figures.Count(collections.Sum(c => c.Whole("passages") ?? 0), "passage")}"
                : null
        );
    }

    /// <summary>How many steps made the weights that were kept, were done, and were planned, where those differ.</summary>
    private static string Steps(StepOutput weights)
    {
        var kept = weights.Whole("steps") ?? 0;
        var (done, planned) = (weights.Whole("steps_done") ?? kept, weights.Whole("steps_planned") ?? kept);
        return done == kept && planned == kept ? Figures.Count(kept, "step")
            : done == planned ? $"Weights of step {Figures.Count(kept)} of {Figures.Count(planned)} kept"
            : $"Weights of step {Figures.Count(kept)} kept; ended after {Figures.Count(done)} of {Figures.Count(planned)}, for it got no better";
    }

    private static string Joined(params IEnumerable<string?> parts) =>
        string.Join(" · ", parts.OfType<string>()) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : "";

    private static string Size(double? bytes) => bytes is { } size ? ByteSize.Of((long)size) : "size not known";
}
