using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Web.Pages.Training;

/// <summary>What a run does, in words.</summary>
/// <param name="Meaning">In a sentence.</param>
public sealed record MethodWords(string Label, string Icon, string Meaning)
{
    public static MethodWords Of(TrainingType type, TrainingMethod method)
    {
        var (label, icon, meaning) = method switch
        {
            TrainingMethod.Lora => ("LoRA", "tune", "Weights are trained"),
            TrainingMethod.Style => ("Style adapter", "tune", "Weights that draft in its voice are trained on a model here"),
            TrainingMethod.Knowledge => ("Knowledge", "library_books", "Collections are linked"),
            _ => ("Persona tuning", "psychology", "Traits are written into the system prompt"),
        };
        return type == TrainingType.Hybrid
            ? new($"{label} and knowledge", icon, $"{meaning}, and collections are linked")
            : new(label, icon, meaning);
    }

    /// <summary>On which model.</summary>
    public static string On(TrainingCard run) =>
        $"{Of(run.TrainingType, run.Method).Label} on {(run.Method.TrainsWeights() ? run.Config.BaseModel ?? run.Model : run.Model)}";
}
