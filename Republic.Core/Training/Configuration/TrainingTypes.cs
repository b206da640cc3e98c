namespace Republic.Core.Training.Configuration;

public static class TrainingTypes
{
    /// <summary>As the API spells them.</summary>
    public static Outcome<TrainingType> Parse(string? text) =>
        text switch
        {
            "lora_only" => TrainingType.LoraOnly,
            "rag_only" => TrainingType.RagOnly,
            "hybrid" => TrainingType.Hybrid,
            _ => Failure.Invalid("training_type", "training_type is lora_only, rag_only or hybrid."),
        };

    public static string Name(this TrainingType type) =>
        type switch
        {
            TrainingType.RagOnly => "rag_only",
            TrainingType.Hybrid => "hybrid",
            _ => "lora_only",
        };
}
